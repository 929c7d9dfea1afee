import type { RecordType } from 'dns-packet';
import { candidates, isIPv4, lookUp, query, reverseName, withoutDot } from '../network/resolver';
import type { Reply } from '../network/resolver';
import { command } from './command';
import type { Call } from './command';
import { lookupWish } from './lookupWish';
import type { LookupWish } from './lookupWish';
import { nslookupLines } from './recordLines';

/** `nslookup` of BIND 9.18, not interactive: the search list in order, A and then AAAA of the first name that exists. */
export const bindNslookup = command({ raw: true, usage: '[-option] [name | -] [server]' }, async (call) => {
  const wish = lookupWish(call.operands);
  if (wish.badType !== undefined) await call.write(`unknown query type: ${wish.badType}\n`);
  if (wish.host === undefined) return 0;
  const server = wish.server ?? call.process.network.address.resolver.nameservers[0] ?? '127.0.0.1';
  const ip = isIPv4(server)
    ? server
    : (await lookUp(call.process.network, server).catch(() => undefined))?.addresses[0];
  if (ip === undefined) {
    await call.write(`nslookup: couldn't get address for '${server}': not found\n`);
    return 1;
  }
  const asker = new Asker(call, wish, server, ip);
  return isIPv4(wish.host) ? asker.reverse(wish.host) : asker.forward(wish.host);
});

class Asker {
  private readonly port: number;

  constructor(
    private readonly call: Call,
    private readonly wish: LookupWish,
    private readonly server: string,
    private readonly ip: string,
  ) {
    this.port = wish.port ?? 53;
  }

  async reverse(host: string): Promise<number> {
    const reply = await this.ask(reverseName(host), 'PTR');
    if (!reply) return 1;
    if (reply.rcode === 'NOERROR') await this.call.write(`${nslookupLines(reply.packet, '.')}\n`);
    else await this.call.write(`** server can't find ${reverseName(host)}: ${reply.rcode}\n\n`);
    return reply.rcode === 'NOERROR' ? 0 : 1;
  }

  async forward(host: string): Promise<number> {
    const types: RecordType[] = this.wish.types.length > 0 ? this.wish.types.slice(-1) : ['A', 'AAAA'];
    const [first = 'A', second] = types;
    const found = await this.search(host, first);
    if (!found) return 1;
    const { name, reply } = found;
    await this.call.write(`Server:\t\t${this.server}\nAddress:\t${this.ip}#${this.port}\n\n`);
    if (reply.rcode !== 'NOERROR') {
      await this.call.write(`** server can't find ${withoutDot(host)}: ${reply.rcode}\n\n`);
      return 1;
    }
    let printed = nslookupLines(reply.packet, '.');
    await this.call.write(printed);
    if (second) {
      // The alias is followed: the second question is for where it led.
      const target = aliasOf(reply) ?? name;
      const more = await this.ask(target, second);
      if (more && more.rcode !== 'NOERROR') {
        await this.call.write(`** server can't find ${target}: ${more.rcode}\n\n`);
        return 1;
      }
      const lines = more ? nslookupLines(more.packet, '.') : '';
      await this.call.write(lines);
      printed += lines;
    }
    await this.call.write(printed === '' ? `*** Can't find ${withoutDot(host)}: No answer\n\n` : '\n');
    return 0;
  }

  private async search(host: string, type: RecordType): Promise<{ name: string; reply: Reply } | undefined> {
    let last: { name: string; reply: Reply } | undefined;
    for (const name of candidates(host, { ...this.call.process.network.address.resolver })) {
      const reply = await this.ask(name, type);
      if (!reply) return undefined;
      last = { name, reply };
      if (reply.rcode === 'NOERROR' && (reply.packet.answers ?? []).length > 0) return last;
    }
    return last;
  }

  private async ask(name: string, type: RecordType): Promise<Reply | undefined> {
    try {
      const options = { server: this.ip, port: this.port, attempts: 3, udpPayloadSize: 1232 };
      const reply = await query(this.call.process.network, name, type, options);
      if (!reply.packet.flag_ra) await this.call.write(`;; Got recursion not available from ${this.ip}\n`);
      return reply;
    } catch {
      await this.call.write(';; connection timed out; no servers could be reached\n\n');
      return undefined;
    }
  }
}

/** Where the last CNAME of an answer leads. */
function aliasOf(reply: Reply): string | undefined {
  let alias: string | undefined;
  for (const answer of reply.packet.answers ?? []) if (answer.type === 'CNAME') alias = answer.data;
  return alias;
}
