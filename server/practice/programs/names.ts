import type { FileSystem } from '../filesystem/filesystem';

/** Users and groups as the container's own /etc/passwd and /etc/group have them. */
export interface PasswdEntry {
  name: string;
  uid: number;
  gid: number;
  comment: string;
  home: string;
  shell: string;
}

export function passwd(files: FileSystem): PasswdEntry[] {
  return linesOf(files, '/etc/passwd').flatMap((line) => {
    const [name, , uid, gid, comment = '', home = '', shell = ''] = line.split(':');
    return name && uid !== undefined && gid !== undefined
      ? [{ name, uid: Number(uid), gid: Number(gid), comment, home, shell }]
      : [];
  });
}

export function groups(files: FileSystem): { name: string; gid: number; members: string[] }[] {
  return linesOf(files, '/etc/group').flatMap((line) => {
    const [name, , gid, members = ''] = line.split(':');
    return name && gid !== undefined ? [{ name, gid: Number(gid), members: members.split(',').filter(Boolean) }] : [];
  });
}

export function userName(files: FileSystem, uid: number): string | undefined {
  return passwd(files).find((entry) => entry.uid === uid)?.name;
}

export function groupName(files: FileSystem, gid: number): string | undefined {
  return groups(files).find((entry) => entry.gid === gid)?.name;
}

/** A user by name or number; undefined when there is none of that name. */
export function findUser(files: FileSystem, text: string): number | undefined {
  const named = passwd(files).find((entry) => entry.name === text);
  return named ? named.uid : /^\d+$/.test(text) ? Number(text) : undefined;
}

export function findGroup(files: FileSystem, text: string): number | undefined {
  const named = groups(files).find((entry) => entry.name === text);
  return named ? named.gid : /^\d+$/.test(text) ? Number(text) : undefined;
}

/** Without the file, or without the right to read it, there are no names, only numbers. */
function linesOf(files: FileSystem, path: string): string[] {
  try {
    return Buffer.from(files.readFile(path)).toString().split('\n').filter(Boolean);
  } catch {
    return [];
  }
}
