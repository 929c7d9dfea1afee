import { FileSystemError } from '../filesystem/filesystem';
import type { MountedFiles } from '../filesystem/mountedFiles';
import { ExecError } from './program';
import type { Program } from './program';

/** Where the programs that files name are found; undefined when there is no such image or program. */
export type ProgramSource = (name: ProgramName) => Program | undefined;

export interface ProgramName {
  image: string;
  path: string;
}

export interface Loaded {
  program: Program;
  argv: readonly string[];
  path: string;
  /** Whose rights the file gives to whoever runs it: its setuid and setgid bits. */
  grants: { uid?: number; gid?: number };
}

const magic = '\x7fELF\x02\x01\x01\x00practice\n';

/**
 * The bytes of an executable: a mark and the program's name. The program goes wherever the bytes go, so that `mv`, `cp`
 * and an init container that installs a tool into a shared volume work as they do with real binaries.
 */
export function executableBytes(name: ProgramName): Uint8Array {
  return Buffer.from(`${magic}${name.image}\n${name.path}\n`);
}

function programNameIn(bytes: Uint8Array): ProgramName | undefined {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 2048)).toString();
  if (!text.startsWith(magic)) return undefined;
  const [image, path] = text.slice(magic.length).split('\n');
  return image !== undefined && path !== undefined ? { image, path } : undefined;
}

export interface LoadOptions {
  files: MountedFiles;
  argv: readonly string[];
  cwd: string;
  /** $PATH. */
  searchPath: string | undefined;
  source: ProgramSource;
  /** execvp runs a file of no known format with /bin/sh; runc does not. */
  runsPlainScripts: boolean;
}

const defaultSearchPath = '/bin:/usr/bin';
const mostInterpreters = 4;

/** What execvp(3) would run. Throws `ExecError`. */
export function load(options: LoadOptions): Loaded {
  const name = options.argv[0] ?? '';
  const path = find(options, name);
  return loadAt(options, path, options.argv, 0);
}

function find(options: LoadOptions, name: string): string {
  if (name.includes('/')) return name.startsWith('/') ? name : `${options.cwd}/${name}`;
  let denied = false;
  for (const folder of name === '' ? [] : (options.searchPath ?? defaultSearchPath).split(':')) {
    const path = `${folder === '' ? options.cwd : folder}/${name}`;
    const absolute = path.startsWith('/') ? path : `${options.cwd}/${path}`;
    const verdict = verdictOn(options.files, absolute);
    if (verdict === 'runs') return absolute;
    if (verdict === 'EACCES') denied = true;
  }
  if (denied) throw new ExecError(126, name, 'Permission denied');
  throw new ExecError(127, name, 'No such file or directory');
}

/** Whether a path can be executed by this user. */
export function verdictOn(files: MountedFiles, path: string): 'runs' | 'EACCES' | 'ENOENT' | 'ENOTDIR' | 'EISDIR' {
  try {
    const stat = files.stat(path);
    if (stat.type === 'directory') return 'EISDIR';
    return stat.type === 'file' && files.isAllowed(path, 'execute') ? 'runs' : 'EACCES';
  } catch (error) {
    const code = error instanceof FileSystemError ? error.code : 'ENOENT';
    return code === 'EACCES' || code === 'ENOTDIR' ? code : 'ENOENT';
  }
}

function loadAt(options: LoadOptions, path: string, argv: readonly string[], depth: number): Loaded {
  const name = argv[0] ?? '';
  const verdict = verdictOn(options.files, path);
  if (verdict === 'ENOENT') throw new ExecError(127, name, 'No such file or directory');
  if (verdict === 'ENOTDIR') throw new ExecError(126, name, 'Not a directory');
  if (verdict !== 'runs') throw new ExecError(126, name, verdict === 'EISDIR' ? 'Is a directory' : 'Permission denied');
  const bytes = options.files.as({ uid: 0, gid: 0, groups: [] }).readFile(path);
  const programName = programNameIn(bytes);
  if (programName) {
    const program = options.source(programName);
    if (!program) throw new ExecError(126, name, 'Exec format error');
    return { program, argv, path, grants: grantsOf(options.files, path) };
  }
  if (depth >= mostInterpreters) throw new ExecError(126, name, 'Too many levels of symbolic links');
  const rest = argv.slice(1);
  const interpreter = interpreterOf(bytes);
  if (interpreter)
    return loadInterpreter(options, name, interpreter, [...interpreter, argPath(name, path), ...rest], depth);
  const looksBinary = bytes.subarray(0, 80).includes(0);
  if (!options.runsPlainScripts || looksBinary) throw new ExecError(126, name, 'Exec format error');
  return loadAt({ ...options }, '/bin/sh', ['sh', argPath(name, path), ...rest], depth + 1);
}

function grantsOf(files: MountedFiles, path: string): Loaded['grants'] {
  const { mode, uid, gid } = files.stat(path);
  return { ...(mode & 0o4000 ? { uid } : {}), ...(mode & 0o2000 ? { gid } : {}) };
}

/** A script run by its bare name gets the path it was found at. */
function argPath(name: string, path: string): string {
  return name.includes('/') ? name : path;
}

function loadInterpreter(
  options: LoadOptions,
  script: string,
  interpreter: readonly string[],
  argv: readonly string[],
  depth: number,
): Loaded {
  try {
    return loadAt(options, interpreter[0] ?? '', argv, depth + 1);
  } catch (error) {
    if (!(error instanceof ExecError)) throw error;
    throw new ExecError(error.code === 127 ? 127 : 126, script, `${interpreter[0]}: bad interpreter: ${error.reason}`);
  }
}

/** `#! /bin/sh -e` names a program and at most one argument. */
function interpreterOf(bytes: Uint8Array): string[] | undefined {
  if (bytes[0] !== 0x23 || bytes[1] !== 0x21) return undefined;
  const line = Buffer.from(bytes.subarray(2, 258)).toString().split('\n')[0] ?? '';
  const match = /^[ \t]*(\S+)(?:[ \t]+(.*?))?[ \t\r]*$/.exec(line);
  const path = match?.[1];
  if (path === undefined) return undefined;
  return match?.[2] ? [path, match[2]] : [path];
}
