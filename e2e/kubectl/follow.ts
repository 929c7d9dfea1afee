import { spawn } from 'node:child_process';
import { kubectlEnv, kubectlPath, type TestCluster } from './cluster';

/** A program that goes on, whose output is waited for: `kubectl get -w`, or kubectl in a terminal. */
export interface Following {
  /** Everything printed so far. */
  text(): string;
  /** Resolves when what was printed after `from` (a length of text) matches; rejects when the program ends before. */
  until(pattern: RegExp, from?: number): Promise<string>;
  type(text: string): void;
  end(): void;
  exited: Promise<number>;
}

export function follow(cluster: TestCluster, ...args: string[]): Following {
  return watched(kubectlPath, args, cluster.kubeconfig);
}

/** kubectl in a real terminal (util-linux's `script` makes the pty), so that it takes itself for a person's. */
export function inTerminal(cluster: TestCluster, ...args: string[]): Following {
  return inTerminalAfter(cluster, '', ...args);
}

/** The same, with a line of shell run in that terminal before kubectl takes it over. */
export function inTerminalAfter(cluster: TestCluster, line: string, ...args: string[]): Following {
  const quoted = [kubectlPath, ...args].map((arg) => `'${arg.replaceAll("'", `'\\''`)}'`).join(' ');
  return watched(
    'script',
    ['-qefc', `stty cols 120 rows 40\n${line}\nexec ${quoted}`, '/dev/null'],
    cluster.kubeconfig,
  );
}

function watched(program: string, args: string[], kubeconfig: string): Following {
  const child = spawn(program, args, {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...kubectlEnv(kubeconfig), NODE_ENV: 'test' },
  });
  let printed = '';
  let over = false;
  const waiting = new Set<() => void>();
  const more = (part: Buffer) => {
    printed += part.toString();
    for (const check of waiting) check();
  };
  child.stdout.on('data', more);
  child.stderr.on('data', more);
  const exited = new Promise<number>((done) => {
    child.on('close', (code) => {
      over = true;
      done(code ?? 1);
      for (const check of waiting) check();
    });
  });
  return {
    text: () => printed,
    until: (pattern, from = 0) =>
      new Promise((done, failed) => {
        const check = () => {
          const match = pattern.exec(printed.slice(from));
          if (!match && !over) return;
          waiting.delete(check);
          if (match) done(match[0]);
          else failed(new Error(`ended before ${pattern} was printed. It printed:\n${printed}`));
        };
        waiting.add(check);
        check();
      }),
    type: (text) => void child.stdin.write(text),
    end: () => void child.kill('SIGINT'),
    exited,
  };
}
