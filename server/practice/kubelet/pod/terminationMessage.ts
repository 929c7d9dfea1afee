import type { Container } from '../../../../lib/kubernetes/pod';
import type { ContainerExit, RunningContainer } from '../../containers/runtime';

/** Limits of pkg/kubelet/container: of the file, and of what is taken from the log instead. */
const maxMessageBytes = 4096;
const maxLogBytes = 2048;
const maxLogLines = 80;

/** What a container says about its end: its message file, or with FallbackToLogsOnError the end of its log. */
export function terminationMessage(spec: Container, run: RunningContainer, exit: ContainerExit): string {
  const bytes = run.readFile(spec.terminationMessagePath ?? '/dev/termination-log');
  const message = Buffer.from(bytes).subarray(0, maxMessageBytes).toString('utf8');
  const failed = exit.code !== 0 || exit.signal !== undefined;
  if (message || !failed || spec.terminationMessagePolicy !== 'FallbackToLogsOnError') return message;
  const lines = run.log
    .entries()
    .slice(-maxLogLines)
    .map(({ line, partial }) => `${Buffer.from(line).toString('utf8')}${partial ? '' : '\n'}`);
  return Buffer.from(lines.join('')).subarray(-maxLogBytes).toString('utf8');
}
