import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** A practice cluster whose process may be killed and started again over the same folder. */
export class RestartableCluster {
  readonly directory = mkdtempSync(join(tmpdir(), 'ordinal-durable-'));
  readonly kubeconfig = join(this.directory, 'kubeconfig');
  private child: ChildProcess | undefined;

  constructor(private readonly flags: string[]) {}

  /** Resolves when it serves. */
  start(): Promise<void> {
    const program = resolve(process.env.PRACTICE_PROGRAM ?? 'dist/practice.mjs');
    const args = ['--enable-source-maps', program, `--data=${this.directory}`, ...this.flags];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    this.child = child;
    return new Promise((ready, failed) => {
      child.once('message', () => ready());
      child.once('exit', (code, signal) => failed(new Error(`the practice cluster ended with ${code ?? signal}`)));
    });
  }

  /** SIGKILL: nothing in it gets to run any more. */
  kill(): Promise<void> {
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
    return new Promise((ended) => {
      child.once('exit', () => ended());
      child.kill('SIGKILL');
    });
  }

  async remove(): Promise<void> {
    await this.kill();
    rmSync(this.directory, { recursive: true, force: true });
  }
}
