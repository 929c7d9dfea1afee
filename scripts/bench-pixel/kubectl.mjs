/** Real kubectl, and what it prints while it follows pods. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { stampNow } from './stamp.mjs';

const program = process.env.KUBECTL ?? 'kubectl';

/** A home of its own, so that no discovery cached from another cluster at the same address is believed. */
function environment(directory) {
  return { PATH: process.env.PATH, HOME: directory, KUBECONFIG: join(directory, 'kubeconfig'), NODE_ENV: 'test' };
}

/** Runs kubectl to its end; rejects with what it printed when it fails. */
export function kubectl(directory, args, input = '') {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { env: environment(directory), stdio: ['pipe', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.on('data', (part) => (said += part));
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve() : reject(new Error(`kubectl ${args.join(' ')}: ${said}`))));
    child.stdin.end(input);
  });
}

/**
 * `kubectl get pods --watch`: `seen` is called with each line as it is printed, cut into its columns. The event column
 * (`--output-watch-events`) is what tells the end of a pod from one more change of it.
 */
export function followPods(directory, namespace, seen) {
  const args = ['get', 'pods', '-n', namespace, '--watch', '--output-watch-events', '--no-headers'];
  const child = spawn(program, args, { env: environment(directory), stdio: ['ignore', 'pipe', 'inherit'] });
  let rest = '';
  child.stdout.on('data', (part) => {
    const at = stampNow();
    const lines = (rest + part).split('\n');
    rest = lines.pop();
    for (const line of lines) {
      const [event, name, ready, status] = line.split(/\s+/);
      seen({ at, event, name, ready, status });
    }
  });
  return () => child.kill('SIGINT');
}
