import type { SignalName } from './program';

/** What a signal does that nobody handles (signal(7)). */
export function defaultAction(signal: SignalName): 'end' | 'stop' | 'continue' | 'nothing' {
  switch (signal) {
    case 'SIGSTOP':
    case 'SIGTSTP':
    case 'SIGTTIN':
    case 'SIGTTOU':
      return 'stop';
    case 'SIGCONT':
      return 'continue';
    case 'SIGCHLD':
    case 'SIGWINCH':
      return 'nothing';
    default:
      return 'end';
  }
}
