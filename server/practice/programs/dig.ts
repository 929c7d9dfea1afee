import type { Answer, RecordType } from 'dns-packet';
import { candidates, isIPv4, lookUp, query, reverseName, withoutDot } from '../network/resolver';
import type { QueryOptions, Reply } from '../network/resolver';
import { command } from './command';
import type { Call } from './command';
import { queryType } from './lookupWish';
import { recordData } from './recordLines';

/** dig and host of BIND 9.18. */
interface DigWish {
  names: { name: string; type: RecordType }[];
  server?: string;
  port?: number;
  flags: Map<string, string>;
}

const version = '9.18.33-1~deb12u2-Debian';

export const dig = command(
  {
    raw: true,
    usage:
      '[@global-server] [domain] [q-type] [q-class] {q-opt}\n            {global-d-opt} host [@local-server] {local-d-opt}\n            [ host [@local-server] {local-d-opt} [...]]',
  },
  async (call) => {
    const wish = wishOf(call.operands);
    const server = wish.server ?? call.process.network.address.resolver.nameservers[0] ?? '127.0.0.1';
    const ip = isIPv4(server)
      ? server
      : (await lookUp(call.process.network, server).catch(() => undefined))?.addresses[0];
    if (ip === undefined) {
      await call.warn(`dig: couldn't get address for '${server}': not found`);
      return 10;
    }
    let code = 0;
    for (const asked of wish.names.length > 0 ? wish.names : [{ name: '.', type: 'NS' as const }])
      code = (await digOne(call, wish, asked, server, ip)) || code;
    return code;
  },
);

function wishOf(args: readonly string[]): DigWish {
  const wish: DigWish = { names: [], flags: new Map() };
  let type: RecordType | undefined;
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? '';
    const known = queryType(arg);
    if (arg.startsWith('@')) wish.server = arg.slice(1);
    else if (arg.startsWith('+')) {
      const [name = '', value = 'yes'] = arg.slice(1).split('=');
      const no = name.startsWith('no') && name !== 'notcp0';
      if (name === 'noall') for (const section of sections) wish.flags.set(section, 'no');
      else if (name === 'all') for (const section of sections) wish.flags.set(section, 'yes');
      else wish.flags.set(no ? name.slice(2) : name, no ? 'no' : value);
    } else if (arg === '-x') wish.names.push({ name: reverseName(args[++i] ?? ''), type: 'PTR' });
    else if (arg === '-t') type = queryType(args[++i] ?? '');
    else if (arg === '-p') wish.port = Number(args[++i]);
    else if (arg === '-q') wish.names.push({ name: args[++i] ?? '', type: 'A' });
    else if (arg.startsWith('-') || /^(IN|CH|HS)$/i.test(arg)) continue;
    else if (known) {
      type = known;
      const last = wish.names.at(-1);
      if (last) last.type = known;
    } else wish.names.push({ name: arg, type: type ?? 'A' });
  }
  if (type) for (const asked of wish.names) if (asked.type === 'A') asked.type = type;
  return wish;
}

const sections = ['cmd', 'comments', 'question', 'answer', 'authority', 'additional', 'stats'];

async function digOne(
  call: Call,
  wish: DigWish,
  asked: { name: string; type: RecordType },
  server: string,
  ip: string,
): Promise<number> {
  const on = (flag: string) => wish.flags.get(flag) !== 'no';
  const short = wish.flags.has('short') && on('short');
  const heading = `\n; <<>> DiG ${version} <<>> ${call.operands.join(' ')}\n${wish.server === undefined ? '' : '; (1 server found)\n'};; global options: +cmd\n`;
  if (!short && on('cmd')) await call.write(heading);
  const startedAt = call.process.clock.now();
  let reply: Reply;
  try {
    reply = await ask(call, wish, asked, ip);
  } catch (error) {
    const refused = error instanceof Error && error.message.includes('ECONNREFUSED');
    const tries = Number(wish.flags.get('tries') ?? 3);
    for (let i = 0; i < tries; i++)
      await call.write(
        `;; communications error to ${ip}#${wish.port ?? 53}: ${refused ? 'connection refused' : 'timed out'}\n`,
      );
    await call.write(`${short || on('cmd') ? '' : heading};; no servers could be reached\n\n`);
    return 9;
  }
  const answers = reply.packet.answers ?? [];
  if (short) await call.write(answers.map((answer) => `${recordData(answer)}\n`).join(''));
  else if (asked.type === 'AXFR') await call.write('; Transfer failed.\n');
  else await call.write(whole(call, wish, asked, reply, server, ip, call.process.clock.now() - startedAt));
  return 0;
}

async function ask(call: Call, wish: DigWish, asked: { name: string; type: RecordType }, ip: string): Promise<Reply> {
  const options: QueryOptions = {
    server: ip,
    port: wish.port,
    tcp: wish.flags.get('tcp') === 'yes' || wish.flags.get('vc') === 'yes',
    timeoutMs: Number(wish.flags.get('time') ?? wish.flags.get('timeout') ?? 5) * 1000,
    attempts: Number(wish.flags.get('tries') ?? 3),
    udpPayloadSize: wish.flags.get('edns') === 'no' ? undefined : Number(wish.flags.get('bufsize') ?? 1232),
    recursionDesired: wish.flags.get('recurse') !== 'no',
  };
  const { network } = call.process;
  const searches = wish.flags.get('search') === 'yes';
  let last: Reply | undefined;
  for (const name of searches ? candidates(asked.name, network.address.resolver) : [asked.name]) {
    last = await query(network, name, asked.type, options);
    if (last.rcode === 'NOERROR') break;
  }
  return last ?? query(network, asked.name, asked.type, options);
}

function whole(
  call: Call,
  wish: DigWish,
  asked: { name: string; type: RecordType },
  reply: Reply,
  server: string,
  ip: string,
  ms: number,
): string {
  const on = (flag: string) => wish.flags.get(flag) !== 'no';
  const { packet } = reply;
  const name = packet.questions?.[0]?.name ?? withoutDot(asked.name);
  const answers = packet.answers ?? [];
  const authorities = packet.authorities ?? [];
  const additionals = (packet.additionals ?? []).filter((record) => record.type !== 'OPT');
  const edns = (packet.additionals ?? []).find((record) => record.type === 'OPT');
  const parts: string[] = [];
  if (on('comments'))
    parts.push(
      comments(reply, name, {
        answers: answers.length,
        authorities: authorities.length,
        additionals: packet.additionals?.length ?? 0,
      }),
      edns ? `;; OPT PSEUDOSECTION:\n; EDNS: version: 0, flags:; udp: ${wish.flags.get('bufsize') ?? 1232}\n` : '',
    );
  if (on('question'))
    parts.push(`${on('comments') ? ';; QUESTION SECTION:\n' : ''};${columns(`${name}.`, ['IN', asked.type], 32)}\n\n`);
  for (const [flag, title, records] of [
    ['answer', 'ANSWER', answers],
    ['authority', 'AUTHORITY', authorities],
    ['additional', 'ADDITIONAL', additionals],
  ] as const)
    if (on(flag) && records.length > 0)
      parts.push(
        `${on('comments') ? `;; ${title} SECTION:\n` : ''}${records.map(line).join('')}${on('comments') || on('stats') ? '\n' : ''}`,
      );
  if (on('stats')) {
    const when = `${new Date(call.process.clock.now()).toUTCString().replace(/^(\w+), (\d+) (\w+) (\d+) ([\d:]+) GMT$/, '$1 $3 $2 $5 UTC $4')}`;
    parts.push(
      `;; Query time: ${Math.round(ms)} msec\n;; SERVER: ${ip}#${reply.port}(${server}) (${reply.tcp ? 'TCP' : 'UDP'})\n;; WHEN: ${when}\n;; MSG SIZE  rcvd: ${reply.size}\n\n`,
    );
  }
  return parts.join('');
}

function comments(
  reply: Reply,
  name: string,
  counts: { answers: number; authorities: number; additionals: number },
): string {
  const { packet } = reply;
  const flags = ['qr', packet.flag_aa && 'aa', packet.flag_tc && 'tc', packet.flag_rd && 'rd', packet.flag_ra && 'ra']
    .filter(Boolean)
    .join(' ');
  const local = /\.local$/.test(name)
    ? ';; WARNING: .local is reserved for Multicast DNS\n;; You are currently testing what happens when an mDNS query is leaked to DNS\n'
    : '';
  const recursion = packet.flag_rd && !packet.flag_ra ? ';; WARNING: recursion requested but not available\n' : '';
  return (
    `;; Got answer:\n${local};; ->>HEADER<<- opcode: QUERY, status: ${reply.rcode}, id: ${packet.id ?? 0}\n` +
    `;; flags: ${flags}; QUERY: 1, ANSWER: ${counts.answers}, AUTHORITY: ${counts.authorities}, ADDITIONAL: ${counts.additionals}\n${recursion}\n`
  );
}

/** A record in a zone file's columns: name to 24, then TTL, class and type at tabs, as BIND's master style lays them out. */
function line(record: Answer): string {
  const ttl = 'ttl' in record ? String(record.ttl ?? 0) : '0';
  return `${columns(`${record.name}.`, [ttl, 'IN', record.type, recordData(record)], 24)}\n`;
}

/** Each column begins at its tab stop, or one space on when the text before is too long. */
function columns(first: string, rest: string[], start: number): string {
  const stops = rest.length === 2 ? [start, 40] : [24, 32, 40, 48];
  let text = first;
  let at = first.length + (rest.length === 2 ? 1 : 0);
  for (const [i, cell] of rest.entries()) {
    const stop = stops[i] ?? at + 1;
    if (at >= stop) {
      text += ' ';
      at += 1;
    } else
      while (at < stop) {
        text += '\t';
        at = Math.floor(at / 8 + 1) * 8;
      }
    text += cell;
    at += cell.length;
  }
  return text;
}

export const host = command(
  {
    letters: 't:avW:R:T4',
    usage:
      '[-aCdilrTvVw] [-c class] [-N ndots] [-t type] [-W time]\n            [-R number] [-m flag] [-p port] hostname [server]',
  },
  async (call) => {
    const [name, server] = call.operands;
    if (name === undefined) return call.misuse();
    const ip = server ?? call.process.network.address.resolver.nameservers[0] ?? '127.0.0.1';
    if (server !== undefined)
      await call.write(`Using domain server:\nName: ${server}\nAddress: ${ip}#53\nAliases: \n\n`);
    const wanted = call.value('t');
    const type = wanted === undefined ? (isIPv4(name) ? 'PTR' : 'A') : queryType(wanted);
    if (!type) return call.fail(`invalid type: ${wanted}`, 2);
    const names = isIPv4(name)
      ? [reverseName(name)]
      : candidates(name, { ...call.process.network.address.resolver, ndots: 1 });
    let reply: Reply | undefined;
    for (const candidate of names) {
      reply = await query(call.process.network, candidate, type, { server: ip, udpPayloadSize: 1232 }).catch(
        () => undefined,
      );
      if (!reply || reply.rcode === 'NOERROR') break;
    }
    if (!reply) {
      await call.write(';; connection timed out; no servers could be reached\n');
      return 1;
    }
    if (reply.rcode !== 'NOERROR') {
      await call.write(
        `Host ${isIPv4(name) ? `${reverseName(name)}.` : name} not found: ${reply.rcode === 'NXDOMAIN' ? '3(NXDOMAIN)' : `2(${reply.rcode})`}\n`,
      );
      return 1;
    }
    const answers = reply.packet.answers ?? [];
    if (answers.length === 0) await call.write(`${withoutDot(names[0] ?? name)} has no ${type} record\n`);
    for (const answer of answers) await call.write(`${hostLine(answer)}\n`);
    return 0;
  },
);

function hostLine(answer: Answer): string {
  const words: Record<string, string> = {
    A: 'has address',
    AAAA: 'has IPv6 address',
    CNAME: 'is an alias for',
    PTR: 'domain name pointer',
    NS: 'name server',
    SRV: 'has SRV record',
    TXT: 'descriptive text',
    SOA: 'has SOA record',
  };
  return `${answer.name} ${words[answer.type] ?? 'has record'} ${recordData(answer)}`;
}
