import type { Duplex } from 'node:stream';
import type { Board, DnsAnswer, ServiceView } from '../../lib/board/model';
import type { Clock } from '../clock';
import { ClusterError } from '../kubernetes/errors';
import { DnsConnection } from './query';

export interface DnsWatchOptions {
  clock: Clock;
  connect: () => Promise<Duplex>;
  /** An answer, or undefined for a name that is not asked for any more. */
  answered: (namespace: string, name: string, answer: DnsAnswer | undefined) => void;
  /** Why nobody can be asked; undefined once somebody can. */
  problem: (message: string | undefined) => void;
}

interface Name {
  namespace: string;
  dueAt: number;
  asking: boolean;
  /** An endpoint stands behind it now. */
  wanted: boolean;
  /** Until when the last answer may be kept, by its TTL. */
  expiresAt: number;
}

const [soonestMs, latestMs] = [1000, 60_000];
/** From a change of the endpoints to the DNS server's knowing of it. */
const settleMs = 500;
const answerMs = 3000;
const refusedMs = 30_000;
const idleMs = 8000;

/**
 * Asks the cluster's own DNS for the names on the boards that are looked at: when an endpoint appears behind a name, when
 * what was answered expires (its TTL), and when the endpoints change, because then the answer is expected to.
 *
 * A name without an endpoint is not asked for. DNS servers remember a "no" for half a minute, for everybody: a board that
 * asked too early would make the name fail in the students' own pods long after the pod is ready. Its last answer stands
 * until it expires, as it does in every cache.
 */
export class DnsWatch {
  private readonly names = new Map<string, Name>();
  private readonly services = new Map<string, readonly ServiceView[]>();
  private connection: Promise<DnsConnection> | undefined;
  private cancel: (() => void) | undefined;
  private cancelIdle: (() => void) | undefined;
  private refusedUntil = 0;

  constructor(private readonly options: DnsWatchOptions) {}

  /** A board that is looked at, as it now is. */
  boardChanged(board: Board): void {
    const { namespace } = board;
    const now = this.options.clock.now();
    const wanted = namesOf(board);
    for (const [name, known] of this.names) if (known.namespace === namespace) known.wanted = wanted.has(name);
    for (const name of wanted) {
      if (this.names.has(name)) continue;
      this.names.set(name, { namespace, dueAt: now + settleMs, asking: false, wanted: true, expiresAt: 0 });
    }
    // The list is replaced only when an endpoint changed, so its identity says whether to ask again.
    if (this.services.get(namespace) !== board.services) {
      this.services.set(namespace, board.services);
      for (const name of wanted) this.bringForward(name, now + settleMs);
    }
    this.schedule();
  }

  /** Nobody looks at this board any more. */
  boardEnded(namespace: string): void {
    for (const [name, known] of [...this.names]) if (known.namespace === namespace) this.drop(name, known);
    this.services.delete(namespace);
  }

  stop(): void {
    this.cancel?.();
    this.cancelIdle?.();
    this.names.clear();
    this.disconnect();
  }

  private drop(name: string, known: Name): void {
    this.names.delete(name);
    this.options.answered(known.namespace, name, undefined);
  }

  private bringForward(name: string, dueAt: number): void {
    const known = this.names.get(name);
    if (known) known.dueAt = Math.min(known.dueAt, dueAt);
  }

  private schedule(): void {
    this.cancel?.();
    this.cancel = undefined;
    const now = this.options.clock.now();
    const due = [...this.names.values()].filter((name) => !name.asking).map((name) => this.turnOf(name));
    if (due.length === 0) return;
    const next = Math.min(...due);
    this.cancel = this.options.clock.after(Math.max(0, next - now), () => {
      this.cancel = undefined;
      for (const [name, known] of [...this.names]) {
        if (known.asking || this.turnOf(known) > this.options.clock.now()) continue;
        if (known.wanted) void this.ask(name, known);
        else this.drop(name, known);
      }
      this.schedule();
    });
  }

  /** When something is to be done about a name: to ask for it, or to forget what was answered. */
  private turnOf(name: Name): number {
    return name.wanted ? Math.max(name.dueAt, this.refusedUntil) : name.expiresAt;
  }

  private async ask(name: string, known: Name): Promise<void> {
    const { clock, answered, problem } = this.options;
    known.asking = true;
    known.dueAt = Number.POSITIVE_INFINITY;
    try {
      const answer = await this.within(answerMs, (await this.connected()).ask(name, typeOf(name)));
      problem(undefined);
      if (this.names.get(name) !== known) return;
      const now = clock.now();
      const ttlMs = (answer.ttlSeconds ?? 5) * 1000;
      known.expiresAt = now + ttlMs;
      known.dueAt = Math.min(known.dueAt, now + Math.min(latestMs, Math.max(soonestMs, ttlMs + 50)));
      answered(known.namespace, name, { ...answer, askedAt: now });
    } catch (error) {
      this.failed(error, known);
    } finally {
      known.asking = false;
      this.schedule();
    }
  }

  /** Refused is lasting: then the board derives its answers. Anything else is a moment's trouble, and what was answered stands with its age. */
  private failed(error: unknown, known: Name): void {
    const now = this.options.clock.now();
    this.disconnect();
    known.dueAt = Math.min(known.dueAt, now + 2000);
    const isRefusal = error instanceof ClusterError && [400, 401, 403, 404, 405, 501].includes(error.code ?? 0);
    if (!isRefusal) return;
    this.refusedUntil = now + refusedMs;
    this.options.problem(error.message);
  }

  /** One connection for all questions; DNS servers close it when it is idle, and then the next question opens another. */
  private async connected(): Promise<DnsConnection> {
    this.cancelIdle?.();
    this.cancelIdle = this.options.clock.after(idleMs, () => this.disconnect());
    for (;;) {
      const current = (this.connection ??= this.options.connect().then((stream) => new DnsConnection(stream)));
      const connection = await current;
      if (!connection.isClosed) return connection;
      if (this.connection === current) this.connection = undefined;
    }
  }

  private disconnect(): void {
    const { connection } = this;
    this.connection = undefined;
    void connection?.then(
      (opened) => opened.close(),
      () => undefined,
    );
  }

  private within<T>(ms: number, promise: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const cancel = this.options.clock.after(ms, () => reject(new Error('DNS did not answer in time')));
      promise.then(resolve, reject).finally(cancel);
    });
  }
}

/** The names on a board that an endpoint stands behind, so that DNS is expected to know them. */
function namesOf(board: Board): Set<string> {
  const names = new Set<string>();
  for (const service of board.services) {
    if (!service.headless || service.ready.length === 0) continue;
    for (const { name } of board.dns.names) if (name.startsWith(`${service.name}.`)) names.add(name);
    // `_port._protocol.service.…`
    for (const { name } of board.dns.ports) if (name.split('.')[2] === service.name) names.add(name);
    const hosts = new Set(service.ready.map((endpoint) => endpoint.hostname));
    for (const set of board.sets) {
      if (set.serviceName !== service.name) continue;
      for (const slot of set.slots) if (hosts.has(slot.name) && slot.dnsName !== '') names.add(slot.dnsName);
    }
  }
  return names;
}

/** Only SRV records are kept under names that begin with an underscore (RFC 2782); no object of Kubernetes' can be named so. */
function typeOf(name: string): 'A' | 'SRV' {
  return name.startsWith('_') ? 'SRV' : 'A';
}
