import type { RecordType } from 'dns-packet';
import { isIPv4, lookUp, nameOf, query, reverseName, withoutDot } from '../network/resolver';
import type { Reply } from '../network/resolver';
import type { PodNetwork } from '../network/network';
import { command } from './command';
import type { Call } from './command';
import { bindNslookup } from './nslookupBind';
import { nslookupLines } from './recordLines';
import { lookupWish } from './lookupWish';
import type { LookupWish } from './lookupWish';
import { isBusyboxFrom } from './flavour';
import type { ProgramOf } from './flavour';

/** Three programs of one name: busybox up to 1.28, busybox since 1.29, and BIND's in Debian's images. */
export const nslookup: ProgramOf = (flavour) => {
  if (flavour.kind === 'gnu') return bindNslookup(flavour);
  return isBusyboxFrom(flavour, 1, 29) ? newNslookup(flavour) : oldNslookup(flavour);
};

/** It asks getaddrinfo: the search list applies, and only addresses can be asked for. */
const oldNslookup = command({ usage: '[HOST] [SERVER]' }, async (call) => {
  const [host, server] = call.operands;
  if (host === undefined || call.operands.length > 2) return call.misuse();
  const network = server === undefined ? call.process.network : withServer(call.process.network, server);
  const asked = network.address.resolver.nameservers[0] ?? '127.0.0.1';
  const own = await nameOf(network, asked);
  await call.write(`Server:    ${asked}\nAddress 1: ${asked}${own === undefined ? '' : ` ${own}`}\n\n`);
  const found = await lookUp(network, host).catch(() => undefined);
  if (!found) return call.fail(`can't resolve '${host}'`);
  await call.write(`Name:      ${host}\n`);
  for (const [i, address] of found.addresses.entries()) {
    const name = await nameOf(network, address);
    await call.write(`Address ${i + 1}: ${address}${name === undefined ? '' : ` ${name}`}\n`);
  }
  return 0;
});

/** The pod's network with another name server, as the second operand asks. */
function withServer(network: PodNetwork, server: string): PodNetwork {
  const address = { ...network.address, resolver: { ...network.address.resolver, nameservers: [server] } };
  return {
    ip: network.ip,
    address,
    listen: (port, onConnection) => network.listen(port, onConnection),
    answer: (port, onDatagram) => network.answer(port, onDatagram),
    connect: (ip, port, options) => network.connect(ip, port, options),
    ask: (ip, port, payload, options) => network.ask(ip, port, payload, options),
    echo: (ip, options) => network.echo(ip, options),
    lookup: (name) => network.lookup(name),
    listeners: () => network.listeners(),
    detach: () => {},
  };
}

interface Asked {
  name: string;
  type: RecordType;
}

/**
 * Its own resolver: a name with a dot is asked as it is, one without with each search domain; A first, then AAAA. Each
 * answer is printed, so one that exists only below the first domain brings its neighbours' NXDOMAIN along, and code 1.
 */
const newNslookup = command({ raw: true, usage: '[-type=QUERY_TYPE] [-debug] HOST [DNS_SERVER]' }, async (call) => {
  const wish = lookupWish(call.operands);
  if (wish.badType !== undefined) return call.fail(`invalid query type "${wish.badType}"`);
  return wish.host === undefined ? call.misuse() : ask(call, wish.host, wish);
});

async function ask(call: Call, host: string, wish: LookupWish): Promise<number> {
  const { network } = call.process;
  const server = wish.server ?? network.address.resolver.nameservers[0] ?? '127.0.0.1';
  const ip = isIPv4(server) ? server : (await lookUp(network, server).catch(() => undefined))?.addresses[0];
  if (ip === undefined) return call.fail(`bad address '${server}'`);
  const replies: { asked: Asked; reply: Reply }[] = [];
  for (const asked of questions(host, wish.types, network)) {
    try {
      const options = { server: ip, port: wish.port, timeoutMs: 5000, attempts: 2, udpPayloadSize: 1280 };
      replies.push({ asked, reply: await query(network, asked.name, asked.type, options) });
    } catch (error) {
      const refused = error instanceof Error && error.message.includes('ECONNREFUSED');
      if (refused) await call.complain(`write to '${ip}': Connection refused`);
      await call.write(';; connection timed out; no servers could be reached\n\n');
      return 1;
    }
  }
  await call.write(`Server:\t\t${server}\nAddress:\t${ip}:${wish.port ?? 53}\n\n`);
  let code = 0;
  for (const { asked, reply } of replies) {
    const bad = reply.rcode !== 'NOERROR';
    if (bad) code = 1;
    await call.write(
      bad ? `** server can't find ${asked.name}: ${reply.rcode}\n\n` : `${nslookupLines(reply.packet, '')}\n`,
    );
  }
  return code;
}

function questions(host: string, types: RecordType[], network: PodNetwork): Asked[] {
  if (types.length === 0 && isIPv4(host)) return [{ name: reverseName(host), type: 'PTR' }];
  const { searches } = network.address.resolver;
  const searched = host.includes('.') || searches.length === 0 ? [] : searches.map((search) => `${host}.${search}`);
  const names = searched.length > 0 ? searched : [withoutDot(host)];
  const wanted: RecordType[] = types.length > 0 ? types : ['A', 'AAAA'];
  return wanted.flatMap((type) => names.map((name) => ({ name, type })));
}
