import type { FileSystem } from '../filesystem/filesystem';
import type { Process } from '../process/program';

/** A line of /etc/passwd. */
export interface Account {
  name: string;
  uid: number;
  gid: number;
  home: string;
  shell: string;
}

export function parsePasswd(text: string): Account[] {
  return text.split('\n').flatMap((line) => {
    const [name, , uid, gid, , home, shell] = line.split(':');
    if (!name || uid === undefined || gid === undefined) return [];
    return [{ name, uid: Number(uid), gid: Number(gid), home: home ?? '/', shell: shell ?? '/bin/sh' }];
  });
}

export interface UserRequest {
  /** The image's `user`: `''`, a name, a number, or `user:group`. */
  image: string;
  runAsUser?: number;
  runAsGroup?: number;
  supplementalGroups?: readonly number[];
}

export interface ResolvedUser {
  user: Process['user'];
  home: string;
}

/** Who a container runs as, by its own /etc/passwd and /etc/group. Throws with runc's words when a name is unknown. */
export function resolveUser(files: FileSystem, request: UserRequest): ResolvedUser {
  const accounts = parsePasswd(read(files, '/etc/passwd'));
  const [userWord = '', groupWord] = request.image.split(':');
  const asked = request.runAsUser !== undefined ? String(request.runAsUser) : userWord || '0';
  const account = accounts.find((a) => a.name === asked) ?? accounts.find((a) => String(a.uid) === asked);
  if (!account && !/^\d+$/.test(asked))
    throw new Error(`unable to find user ${asked}: no matching entries in passwd file`);
  const uid = account?.uid ?? Number(asked);
  const primary = request.runAsUser !== undefined ? undefined : groupWord;
  const gid = request.runAsGroup ?? groupOf(files, primary) ?? account?.gid ?? 0;
  const listed = account ? groupsWith(files, account.name) : [];
  const groups = [...new Set([gid, ...listed, ...(request.supplementalGroups ?? [])])];
  return { user: { uid, gid, groups, name: account?.name ?? String(uid) }, home: account?.home ?? '/' };
}

function groupOf(files: FileSystem, word: string | undefined): number | undefined {
  if (!word) return undefined;
  if (/^\d+$/.test(word)) return Number(word);
  const found = groupLines(files).find(([name]) => name === word);
  if (!found) throw new Error(`unable to find group ${word}: no matching entries in group file`);
  return Number(found[2]);
}

function groupsWith(files: FileSystem, user: string): number[] {
  return groupLines(files)
    .filter((fields) => fields[3]?.split(',').includes(user))
    .map((fields) => Number(fields[2]));
}

function groupLines(files: FileSystem): string[][] {
  return read(files, '/etc/group')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split(':'));
}

function read(files: FileSystem, path: string): string {
  try {
    return Buffer.from(files.readFile(path)).toString();
  } catch {
    return '';
  }
}
