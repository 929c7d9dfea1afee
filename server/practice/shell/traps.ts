import { signalNumbers } from '../process/program';
import type { Process, SignalName } from '../process/program';

export type TrapName = SignalName | 'EXIT' | 'ERR' | 'DEBUG' | 'RETURN';

/** What a shell does on signals: the commands of `trap`, run between two commands and never within one. */
export class Traps {
  private readonly actions = new Map<TrapName, string>();
  private readonly pending: SignalName[] = [];
  private readonly arrivals = new Set<() => void>();

  constructor(
    private readonly process: Process,
    from?: Traps,
  ) {
    // A subshell keeps what is ignored and forgets the commands.
    for (const [name, action] of from?.actions ?? []) if (action === '') this.actions.set(name, '');
  }

  get(name: TrapName): string | undefined {
    return this.actions.get(name);
  }

  all(): [TrapName, string][] {
    return [...this.actions].sort(([a], [b]) => numberOf(a) - numberOf(b));
  }

  /** `''` ignores; undefined restores the default. */
  set(name: TrapName, action: string | undefined): void {
    if (action === undefined) this.actions.delete(name);
    else this.actions.set(name, action);
    if (!isSignal(name)) return;
    if (action === undefined) this.process.onSignal(name, this.defaults.get(name) ?? 'default');
    else if (action === '') this.process.onSignal(name, 'ignore');
    else this.process.onSignal(name, () => this.arrived(name));
  }

  /** What an interactive shell does where no trap is set. */
  readonly defaults = new Map<SignalName, (() => void) | 'ignore'>();

  setDefault(name: SignalName, handler: (() => void) | 'ignore'): void {
    this.defaults.set(name, handler);
    if (!this.actions.has(name)) this.process.onSignal(name, handler);
  }

  takePending(): SignalName | undefined {
    return this.pending.shift();
  }

  get nextPending(): SignalName | undefined {
    return this.pending[0];
  }

  get hasPending(): boolean {
    return this.pending.length > 0;
  }

  /** Resolves when a trapped signal comes, for `wait`; `stop` gives up waiting. */
  arrival(): { promise: Promise<void>; stop: () => void } {
    let listener: () => void = () => undefined;
    const promise = new Promise<void>((resolve) => (listener = resolve));
    if (this.hasPending) listener();
    else this.arrivals.add(listener);
    return { promise, stop: () => void this.arrivals.delete(listener) };
  }

  private arrived(name: SignalName): void {
    this.pending.push(name);
    for (const listener of this.arrivals) listener();
    this.arrivals.clear();
  }
}

export function isSignal(name: TrapName): name is SignalName {
  return name in signalNumbers;
}

export function numberOf(name: TrapName): number {
  return isSignal(name) ? signalNumbers[name] : name === 'EXIT' ? 0 : 100;
}

/** `INT`, `SIGINT`, `2`, `EXIT`, `0`; undefined for anything else. */
export function parseTrapName(word: string): TrapName | undefined {
  if (word === '0' || word.toUpperCase() === 'EXIT') return 'EXIT';
  const upper = word.toUpperCase();
  if (upper === 'ERR' || upper === 'DEBUG' || upper === 'RETURN') return upper;
  return parseSignal(word);
}

export function parseSignal(word: string): SignalName | undefined {
  const upper = word.toUpperCase();
  const name = upper.startsWith('SIG') ? upper : `SIG${upper}`;
  const number = /^\d+$/.test(word) ? Number(word) : undefined;
  return signalNames.find((signal) => signal === name || signalNumbers[signal] === number);
}

export const signalNames: readonly SignalName[] = Object.keys(signalNumbers).filter(
  (name): name is SignalName => name in signalNumbers,
);
