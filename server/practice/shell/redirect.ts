import { FileSystemError } from '../filesystem/filesystem';
import type { OpenFlags } from '../filesystem/filesystem';
import { createPipe } from '../process/pipe';
import type { ByteReader, ByteStream, ByteWriter } from '../process/program';
import type { Redirect } from './ast';
import { expandFields, expandText } from './expansion';
import { ShellError } from './shellError';
import type { Shell } from './shellState';
import { encode } from './text';

type Stream = ByteStream | ByteReader | ByteWriter;

/** What to put back when the command is done. */
interface Saved {
  fd: number;
  before: Stream | undefined;
  opened: Stream | undefined;
}

/** Runs `body` with redirections in force. Throws `ShellError`, with nothing changed, when one cannot be made. */
export async function withRedirects<T>(
  shell: Shell,
  redirects: readonly Redirect[],
  body: () => Promise<T>,
): Promise<T> {
  if (redirects.length === 0) return body();
  const saved: Saved[] = [];
  try {
    for (const redirect of redirects) await apply(shell, redirect, saved);
    return await body();
  } finally {
    for (const { fd, before, opened } of saved.reverse()) {
      if (before) shell.descriptors.set(fd, before);
      else shell.descriptors.delete(fd);
      if (opened && !isInUse(shell, opened)) opened.close();
    }
  }
}

/** `exec >file`: for the rest of the shell. */
export async function redirectForGood(shell: Shell, redirects: readonly Redirect[]): Promise<void> {
  for (const redirect of redirects) {
    const saved: Saved[] = [];
    await apply(shell, redirect, saved);
    for (const { before } of saved) if (before && !isInUse(shell, before)) before.close();
  }
}

function isInUse(shell: Shell, stream: Stream): boolean {
  return [...shell.descriptors.values()].includes(stream);
}

async function apply(shell: Shell, redirect: Redirect, saved: Saved[]): Promise<void> {
  const { operator } = redirect;
  shell.line = redirect.line;
  const fd = redirect.fd ?? (operator.startsWith('<') ? 0 : 1);
  const put = (to: number, stream: Stream | undefined, opened: boolean) => {
    saved.push({ fd: to, before: shell.descriptors.get(to), opened: opened ? stream : undefined });
    if (stream) shell.descriptors.set(to, stream);
    else shell.descriptors.delete(to);
  };
  if (operator === '<<' || operator === '<<-')
    return put(fd, textStream(await expandText(shell, redirect.target, 'none')), true);
  if (operator === '<<<') return put(fd, textStream(`${await expandText(shell, redirect.target)}\n`), true);
  const target = await targetOf(shell, redirect);
  if (operator === '<&' || operator === '>&') {
    if (target === '-') return put(fd, undefined, false);
    if (/^\d+$/.test(target)) return put(fd, descriptor(shell, target), false);
    const moved = /^(\d+)-$/.exec(target)?.[1];
    if (moved !== undefined) {
      put(fd, descriptor(shell, moved), false);
      return put(Number(moved), undefined, false);
    }
    if (operator === '<&' || redirect.fd !== undefined)
      throw new ShellError({ kind: 'ambiguous redirect', source: redirect.target.source });
  }
  const isBoth = operator === '&>' || operator === '&>>' || operator === '>&';
  const stream = open(shell, target, operator);
  put(fd, stream, true);
  if (isBoth) put(2, stream, false);
}

async function targetOf(shell: Shell, redirect: Redirect): Promise<string> {
  // bash splits the word and wants exactly one field; the others take it as it is.
  if (!shell.isBash) return expandText(shell, redirect.target);
  const fields = await expandFields(shell, redirect.target);
  if (fields.length !== 1) throw new ShellError({ kind: 'ambiguous redirect', source: redirect.target.source });
  return fields[0]?.text ?? '';
}

function descriptor(shell: Shell, number: string): Stream {
  const stream = shell.descriptors.get(Number(number));
  if (!stream) throw new ShellError({ kind: 'bad descriptor', fd: number });
  return stream;
}

function open(shell: Shell, path: string, operator: Redirect['operator']): Stream {
  const isInput = operator === '<';
  const own = ownDescriptor(shell, path);
  if (own) return own;
  try {
    if (operator === '>' && shell.options.has('C')) refuseOverwrite(shell, path);
    return shell.process.open(path, flagsOf(operator));
  } catch (error) {
    if (!(error instanceof FileSystemError)) throw error;
    const { reason, code } = error;
    throw new ShellError({ kind: isInput ? 'cannot open' : 'cannot create', path, reason, code });
  }
}

/** /dev/stdout and its like mean the shell's own descriptors, which a redirection around may have changed. */
function ownDescriptor(shell: Shell, path: string): Stream | undefined {
  const named = { '/dev/stdin': 0, '/dev/stdout': 1, '/dev/stderr': 2 }[path];
  const match = /^\/(?:dev|proc\/self)\/fd\/(\d+)$/.exec(path)?.[1];
  const fd = named ?? (match === undefined ? undefined : Number(match));
  if (fd === undefined) return undefined;
  const stream = shell.descriptors.get(fd);
  return stream ? unclosable(stream) : undefined;
}

/** Another name for a stream that stays open. */
function unclosable(stream: Stream): Stream {
  const own: object = Object.create(stream, { close: { value: () => undefined } });
  return isStream(own) ? own : stream;
}

function isStream(value: object): value is Stream {
  return 'close' in value && ('read' in value || 'write' in value);
}

function refuseOverwrite(shell: Shell, path: string): void {
  const { files } = shell.process;
  if (files.exists(path) && files.stat(path).type === 'file') throw new FileSystemError('EEXIST', path);
}

function flagsOf(operator: Redirect['operator']): OpenFlags {
  switch (operator) {
    case '<':
      return { read: true };
    case '<>':
      return { read: true, write: true, create: true };
    case '>>':
    case '&>>':
      return { write: true, create: true, append: true };
    default:
      return { write: true, create: true, truncate: true };
  }
}

function textStream(text: string): Stream {
  const pipe = createPipe();
  pipe.writer.operations.push?.(encode(text));
  pipe.writer.close();
  return pipe.reader;
}
