/** What the toolbox and its workers say to each other. Text is latin1: one character is one byte, in both directions. */
export type ToWorker =
  | {
      kind: 'run';
      tool: string;
      args: string[];
      cwd: string;
      env: [string, string][];
      stdin: string;
      uid: number;
      gid: number;
      pid: number;
    }
  | { kind: 'done'; id: number; value: unknown }
  | { kind: 'refused'; id: number; code: string; reason: string };

export type FromWorker =
  | { kind: 'ready' }
  | { kind: 'call'; id: number; call: FileCall }
  | { kind: 'exit'; code: number; stdout: string; stderr: string };

/** A call of the container's filesystem. Bytes travel as Uint8Array, names as latin1. */
export type FileCall =
  | { method: 'stat' | 'lstat' | 'readFile' | 'readdir' | 'readlink' | 'realpath' | 'exists' | 'rm'; path: string }
  | { method: 'writeFile' | 'appendFile'; path: string; bytes: Uint8Array }
  | { method: 'mkdir'; path: string; recursive: boolean }
  | { method: 'rename' | 'link' | 'symlink'; path: string; to: string }
  | { method: 'chmod'; path: string; mode: number }
  | { method: 'utimes'; path: string; atimeMs: number; mtimeMs: number };

/** The stat of a file as a worker needs it. */
export interface PlainStat {
  type: string;
  mode: number;
  size: number;
  mtimeMs: number;
  device: number;
  inode: number;
}
