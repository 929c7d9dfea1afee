import type { Clock } from '../clock';
import type { Answer, DnsRecord, Question } from './records';

/**
 * CoreDNS' `cache` plugin: answers, and denials too, are kept for a while, so that a name asked too early stays unknown
 * for up to that long. Failures are not kept. `seconds` caps both; 0 turns it off.
 */
const shortestSeconds = 5;
const mostEntries = 10_000;

export class DnsCache {
  private readonly held = new Map<string, { answer: Answer; storedAt: number; until: number }>();

  constructor(
    private readonly clock: Clock,
    private readonly seconds: number,
  ) {}

  /** The kept answer with what is left of its TTLs. */
  get(question: Question): Answer | undefined {
    const entry = this.held.get(keyOf(question));
    if (!entry) return undefined;
    const now = this.clock.now();
    if (now >= entry.until) {
      this.held.delete(keyOf(question));
      return undefined;
    }
    const left = Math.max(0, Math.floor((entry.until - now) / 1000));
    const aged = (record: DnsRecord): DnsRecord => ({ ...rename(record, question), ttl: left });
    const { answer } = entry;
    return {
      ...answer,
      answers: answer.answers.map(aged),
      authorities: answer.authorities.map(aged),
      additionals: answer.additionals.map(aged),
    };
  }

  put(question: Question, answer: Answer): void {
    if (this.seconds === 0 || (answer.rcode !== 'NOERROR' && answer.rcode !== 'NXDOMAIN')) return;
    const records = [...answer.answers, ...answer.authorities, ...answer.additionals];
    if (records.length === 0) return;
    const ttl = Math.min(this.seconds, ...records.map((r) => (r.type === 'SOA' ? Math.min(r.ttl, r.minimum) : r.ttl)));
    const storedAt = this.clock.now();
    if (this.held.size >= mostEntries) this.held.clear();
    const until = storedAt + Math.max(shortestSeconds, ttl) * 1000;
    this.held.set(keyOf(question), { answer, storedAt, until });
  }
}

function keyOf(question: Question): string {
  return `${question.type} ${question.name.toLowerCase()}`;
}

/** The asker sees its own spelling of the name, whoever asked first. */
function rename(record: DnsRecord, question: Question): DnsRecord {
  return record.name.toLowerCase() === question.name.toLowerCase() ? { ...record, name: question.name } : record;
}
