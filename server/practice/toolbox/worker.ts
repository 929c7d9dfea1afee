import { parentPort } from 'node:worker_threads';
import { Bash } from 'just-bash';
import type { CommandName } from 'just-bash';
import type { FileCall, FromWorker, ToWorker } from './messages';
import { RemoteFiles } from './remoteFiles';

/**
 * A worker of the toolbox: runs one text tool of just-bash at a time, with the files of the process that asked. No network,
 * no Python, no JavaScript, no shell: awk's system() reaches only the tools of this list.
 */
const tools: CommandName[] = [
  ...(['awk', 'sed', 'grep', 'egrep', 'fgrep', 'sort', 'uniq', 'comm', 'cut', 'paste', 'tr', 'rev', 'nl'] as const),
  ...([
    'fold',
    'expand',
    'unexpand',
    'strings',
    'split',
    'column',
    'join',
    'jq',
    'diff',
    'expr',
    'tac',
    'file',
  ] as const),
  ...(['cat', 'echo', 'ls', 'rm', 'cp', 'mv', 'mkdir', 'rmdir', 'chmod', 'touch', 'basename', 'dirname'] as const),
  ...(['head', 'tail', 'wc', 'stat', 'md5sum', 'sha256sum', 'true', 'false', 'printf'] as const),
];

const port = parentPort;
const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
let next = 0;

function say(message: FromWorker): void {
  port?.postMessage(message);
}

function call(request: FileCall): Promise<unknown> {
  const id = next++;
  say({ kind: 'call', id, call: request });
  return new Promise((resolve, reject) => waiting.set(id, { resolve, reject }));
}

/** As Node words an errno: that is what the tools look for. */
class RemoteError extends Error {
  constructor(
    readonly code: string,
    reason: string,
  ) {
    super(`${code}: ${reason.toLowerCase()}`);
  }
}

async function run(message: Extract<ToWorker, { kind: 'run' }>): Promise<void> {
  const bash = new Bash({
    fs: new RemoteFiles(call),
    cwd: message.cwd,
    env: Object.fromEntries(message.env),
    commands: tools,
    processInfo: { pid: message.pid, ppid: 1, uid: message.uid, gid: message.gid },
    executionLimits: { maxExecutionTimeMs: 60_000, maxOutputSize: 256 * 2 ** 20, maxInputBytes: 256 * 2 ** 20 },
  });
  try {
    const result = await bash.exec(message.tool, {
      args: message.args,
      stdin: message.stdin,
      stdinKind: 'text',
      rawScript: true,
    });
    say({ kind: 'exit', code: result.exitCode, stdout: result.stdout, stderr: result.stderr });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    say({ kind: 'exit', code: 1, stdout: '', stderr: `${message.tool}: ${reason}\n` });
  }
}

port?.on('message', (message: ToWorker) => {
  if (message.kind === 'run') return void run(message);
  const pending = waiting.get(message.id);
  waiting.delete(message.id);
  if (message.kind === 'done') pending?.resolve(message.value);
  else pending?.reject(new RemoteError(message.code, message.reason));
});
say({ kind: 'ready' });
