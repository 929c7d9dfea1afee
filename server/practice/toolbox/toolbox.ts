import { Worker } from 'node:worker_threads';
import type { Clock } from '../clock';
import { FileSystemError } from '../filesystem/filesystem';
import type { Process } from '../process/program';
import { doFileCall, encode } from './fileCalls';
import type { FromWorker, ToWorker } from './messages';

/**
 * Text tools (awk, diff …) in a pool of worker threads. Each run has a worker to itself and is ended by ending
 * that worker: a loop or a regular expression without end stops no other pod. Input is read whole before a tool starts.
 */
export interface Toolbox {
  run(process: Process, tool: string, args: readonly string[], stdin: Uint8Array): Promise<number>;
  /** Ends all workers. */
  close(): Promise<void>;
}

export interface ToolboxOptions {
  clock: Clock;
  /** Where the worker's code lies: `dist/toolbox-worker.mjs`, or worker.ts with a loader in `execArgv`. */
  worker: string | URL;
  execArgv?: string[];
  /** How many run at a time (4); further ones wait their turn. */
  size?: number;
  /** After so long a run is killed (60 s). */
  limitMs?: number;
}

const heapMiB = 192;

export function createToolbox(options: ToolboxOptions): Toolbox {
  return new WorkerPool(options);
}

class WorkerPool implements Toolbox {
  private readonly idle: Worker[] = [];
  private readonly all = new Set<Worker>();
  private readonly queue: ((worker: Worker | undefined) => void)[] = [];
  private isClosed = false;

  constructor(private readonly options: ToolboxOptions) {}

  async run(process: Process, tool: string, args: readonly string[], stdin: Uint8Array): Promise<number> {
    const worker = await this.lease();
    if (!worker || process.killed.aborted) {
      if (worker) this.release(worker);
      return 137;
    }
    const run = new Run(worker, process, this.options);
    const ended = await run.start({
      kind: 'run',
      tool,
      args: args.map(encode),
      cwd: encode(process.cwd),
      env: [...process.env].map(([name, value]) => [encode(name), encode(value)]),
      stdin: Buffer.from(stdin).toString('latin1'),
      uid: process.user.uid,
      gid: process.user.gid,
      pid: process.pid,
    });
    if (ended.reusable) this.release(worker);
    else this.discard(worker);
    if (ended.stdout !== '') await process.stdout.write(Buffer.from(ended.stdout, 'latin1'));
    if (ended.stderr !== '') await process.stderr.write(Buffer.from(ended.stderr, 'latin1')).catch(() => {});
    return ended.code;
  }

  async close(): Promise<void> {
    this.isClosed = true;
    for (const take of this.queue.splice(0)) take(undefined);
    await Promise.all([...this.all].map((worker) => worker.terminate()));
    this.all.clear();
  }

  private lease(): Promise<Worker | undefined> {
    if (this.isClosed) return Promise.resolve(undefined);
    const free = this.idle.pop();
    if (free) return Promise.resolve(free);
    if (this.all.size < (this.options.size ?? 4)) return Promise.resolve(this.hire());
    return new Promise((resolve) => this.queue.push(resolve));
  }

  private hire(): Worker {
    const worker = new Worker(this.options.worker, {
      execArgv: this.options.execArgv,
      // Nothing of the host's environment is for a student's awk.
      env: {},
      resourceLimits: { maxOldGenerationSizeMb: heapMiB },
      stdout: true,
      stderr: true,
    });
    worker.unref();
    worker.on('error', () => {});
    this.all.add(worker);
    return worker;
  }

  private release(worker: Worker): void {
    const take = this.queue.shift();
    if (take) take(worker);
    else this.idle.push(worker);
  }

  private discard(worker: Worker): void {
    this.all.delete(worker);
    void worker.terminate();
    const take = this.queue.shift();
    if (take) take(this.isClosed ? undefined : this.hire());
  }
}

interface Ended {
  code: number;
  stdout: string;
  stderr: string;
  /** The worker is as it was before. */
  reusable: boolean;
}

class Run {
  constructor(
    private readonly worker: Worker,
    private readonly process: Process,
    private readonly options: ToolboxOptions,
  ) {}

  start(message: ToWorker): Promise<Ended> {
    const { worker, process } = this;
    return new Promise((resolve) => {
      const finish = (ended: Ended) => {
        limit.cancel();
        process.killed.removeEventListener('abort', onKilled);
        worker.off('message', onMessage);
        worker.off('exit', onExit);
        resolve(ended);
      };
      const killed = (stderr: string): Ended => ({ code: 137, stdout: '', stderr, reusable: false });
      const onKilled = () => finish(killed(''));
      const onExit = () => finish(killed('Killed\n'));
      const onMessage = (said: FromWorker) => {
        if (said.kind === 'call') this.serve(said.id, said.call);
        else if (said.kind === 'exit') finish({ ...said, reusable: true });
      };
      const limit = this.options.clock.after(this.options.limitMs ?? 60_000, () => finish(killed('Killed\n')));
      worker.on('message', onMessage);
      worker.on('exit', onExit);
      process.killed.addEventListener('abort', onKilled, { once: true });
      worker.postMessage(message);
    });
  }

  private serve(id: number, call: Extract<FromWorker, { kind: 'call' }>['call']): void {
    let answer: ToWorker;
    try {
      answer = { kind: 'done', id, value: doFileCall(this.process.files, call) };
    } catch (error) {
      if (!(error instanceof FileSystemError)) throw error;
      answer = { kind: 'refused', id, code: error.code, reason: error.reason };
    }
    this.worker.postMessage(answer);
  }
}
