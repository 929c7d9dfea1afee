import type { Duplex } from 'node:stream';
import type { Clock } from '../clock';
import { serveHttp } from '../network/httpServer';
import { chunksOf, send } from '../network/streams';
import type { Listener } from '../network/network';
import type { Process, Program } from '../process/program';
import type { DnsCounts } from './dnsServer';

/**
 * CoreDNS as a process: port 53 by UDP and TCP, /health on 8080, /ready on 8181, /metrics on 9153. The Corefile is not
 * read. A client that asks without end is answered up to a budget and then, as over a full socket, not at all.
 */
export interface CorednsOptions {
  server: () => (packet: Uint8Array, transport: 'udp' | 'tcp') => Uint8Array | null;
  counts: DnsCounts;
  isReady: () => boolean;
  clock: Clock;
}

const questionsPerSecond = 2000;

export function coredns(options: CorednsOptions): Program {
  return async (process) => {
    const answer = options.server();
    const budget = new Budget(process.clock);
    const listeners: Listener[] = [
      process.network.answer(53, async (packet, peer) => (budget.allows(peer) ? answer(packet, 'udp') : null)),
      process.network.listen(
        53,
        (socket, peer) => void serveTcp(socket, (packet) => (budget.allows(peer.ip) ? answer(packet, 'tcp') : null)),
      ),
      serveHttp(process.network, 8080, () => ({ status: 200, body: 'OK' })),
      serveHttp(process.network, 8181, () => (options.isReady() ? ok('OK') : { status: 503, body: 'kubernetes' })),
      serveHttp(process.network, 9153, () => ok(metrics(options))),
    ];
    await say(process, '.:53\nCoreDNS-1.14.7\nlinux/amd64, go1.26.0, 0b7bd15\n');
    await ended(process);
    for (const listener of listeners) listener.close();
    return 0;
  };
}

const ok = (body: string) => ({ status: 200, body });

/** SIGTERM and SIGINT end it at once: the `lameduck` seconds are not waited. */
async function ended(process: Process): Promise<void> {
  await new Promise<void>((resolve) => {
    process.onSignal('SIGTERM', resolve);
    process.onSignal('SIGINT', resolve);
    process.killed.addEventListener('abort', () => resolve(), { once: true });
  });
  if (!process.killed.aborted) await say(process, '[INFO] SIGTERM: Shutting down servers then terminating\n');
}

async function say(process: Process, text: string): Promise<void> {
  await process.stdout.write(Buffer.from(text)).catch(() => {});
}

/** Questions by TCP: each with its length in two bytes before it (RFC 1035, 4.2.2). */
export async function serveTcp(socket: Duplex, answer: (packet: Uint8Array) => Uint8Array | null): Promise<void> {
  let held = Buffer.alloc(0);
  for await (const chunk of chunksOf(socket, { quiet: true })) {
    held = Buffer.concat([held, chunk]);
    while (held.length >= 2 && held.length >= 2 + held.readUInt16BE(0)) {
      const size = held.readUInt16BE(0);
      const reply = answer(held.subarray(2, 2 + size));
      held = held.subarray(2 + size);
      if (!reply) return void socket.destroy();
      const length = Buffer.alloc(2);
      length.writeUInt16BE(reply.length);
      if (!(await send(socket, Buffer.concat([length, reply])))) return;
    }
  }
  socket.end();
}

/** So many questions per client and second. */
class Budget {
  private readonly asked = new Map<string, number>();
  private second = 0;

  constructor(private readonly clock: Clock) {}

  allows(peer: string): boolean {
    const second = Math.floor(this.clock.now() / 1000);
    if (second !== this.second) {
      this.second = second;
      this.asked.clear();
    }
    const count = (this.asked.get(peer) ?? 0) + 1;
    this.asked.set(peer, count);
    return count <= questionsPerSecond;
  }
}

function metrics({ counts }: CorednsOptions): string {
  const lines = ['# TYPE coredns_dns_requests_total counter'];
  for (const [type, n] of counts.requests)
    lines.push(`coredns_dns_requests_total{server="dns://:53",zone=".",type="${type}"} ${n}`);
  lines.push('# TYPE coredns_dns_responses_total counter');
  for (const [rcode, n] of counts.responses)
    lines.push(`coredns_dns_responses_total{server="dns://:53",zone=".",rcode="${rcode}"} ${n}`);
  return `${lines.join('\n')}\n`;
}
