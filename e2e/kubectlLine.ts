import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Ran {
  code: number;
  stdout: Buffer;
  stderr: string;
}

/** The kubectl that lines are tried with: `KUBECTL`, else the one on the path; undefined when there is none. */
export const kubectl = findKubectl();

function findKubectl(): string | undefined {
  const program = process.env.KUBECTL ?? 'kubectl';
  try {
    execFileSync(program, ['version', '--client'], { stdio: 'ignore' });
    return program;
  } catch {
    return undefined;
  }
}

/**
 * Runs what a person would paste, letter for letter, in bash. From a file, since a line with a megabyte of content is
 * longer than an argument may be.
 */
export async function paste(kubeconfig: string, line: string): Promise<Ran> {
  const directory = mkdtempSync(join(tmpdir(), 'ordinal-paste-'));
  const script = join(directory, 'line.sh');
  writeFileSync(script, `kubectl() { command ${JSON.stringify(kubectl)} "$@"; }\n${line}\n`);
  try {
    return await run('bash', [script], { KUBECONFIG: kubeconfig, PATH: process.env.PATH, HOME: directory }, directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function run(program: string, args: string[], env: Record<string, string | undefined>, cwd: string): Promise<Ran> {
  return new Promise((done, failed) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { NODE_ENV: 'test', ...env }, cwd });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on('data', (part: Buffer) => out.push(part));
    child.stderr.on('data', (part: Buffer) => err.push(part));
    child.on('error', failed);
    child.on('close', (code) =>
      done({ code: code ?? 1, stdout: Buffer.concat(out), stderr: Buffer.concat(err).toString() }),
    );
  });
}
