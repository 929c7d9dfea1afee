import type { Clock } from '../clock';
import type { Answer, DnsRecord, Question } from './records';

/**
 * CoreDNS' `cache` plugin (plugin/cache/cache.go, item.go): answers, and denials too, are kept for a while, so that a name asked too early
 * stays unknown for up to that long. Failures are not kept. `seconds` caps both; 0 turns it off. Names are found however they are spelled,
 * and told as the first asker spelled them.
 */
const shortestSeconds = 5;
const mostEntries = 10_000;

export class DnsCache {
  private readonly held = new Map<string, { answer: Answer; until: number }>();

  constructor(
    private readonly clock: Clock,
    private readonly seconds: number,
  ) {}

  /** The kept answer, of which each record has as many seconds left as the answer has. */
  get(question: Question): Answer | undefined {
    const entry = this.held.get(keyOf(question));
    if (!entry) return undefined;
    const now = this.clock.now();
    if (now >= entry.until) {
      this.held.delete(keyOf(question));
      return undefined;
    }
    // Only whole seconds that have passed are taken off.
    return withTtl(entry.answer, Math.ceil((entry.until - now) / 1000));
  }

  /** The answer as it is to be given: each of its records for as long as it is kept. */
  put(question: Question, answer: Answer): Answer {
    if (this.seconds === 0 || (answer.rcode !== 'NOERROR' && answer.rcode !== 'NXDOMAIN')) return answer;
    const records = [...answer.answers, ...answer.authorities, ...answer.additionals];
    if (records.length === 0) return answer;
    const shortest = Math.min(...records.map((r) => (r.type === 'SOA' ? Math.min(r.ttl, r.minimum) : r.ttl)));
    const ttl = Math.max(shortestSeconds, Math.min(this.seconds, shortest));
    if (this.held.size >= mostEntries) this.held.clear();
    this.held.set(keyOf(question), { answer, until: this.clock.now() + ttl * 1000 });
    return withTtl(answer, ttl);
  }
}

function withTtl(answer: Answer, ttl: number): Answer {
  const lasting = (record: DnsRecord): DnsRecord => ({ ...record, ttl });
  return {
    ...answer,
    answers: answer.answers.map(lasting),
    authorities: answer.authorities.map(lasting),
    additionals: answer.additionals.map(lasting),
  };
}

function keyOf(question: Question): string {
  return `${question.type} ${question.name.toLowerCase()}`;
}
