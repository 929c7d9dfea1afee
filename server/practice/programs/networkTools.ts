import { NetworkError } from '../network/network';
import { isIPv4, lookUp } from '../network/resolver';
import { chunksOf, send } from '../network/streams';
import { Exit } from '../process/program';
import { chunksOfReader, command } from './command';
import type { Call } from './command';
import { networkWords } from './fetching';
import { passwd, groups } from './names';

/** ping, nc, getent, ip, ifconfig, netstat, ss. */
async function resolve(call: Call, host: string): Promise<string | undefined> {
  return isIPv4(host) ? host : (await lookUp(call.process.network, host).catch(() => undefined))?.addresses[0];
}

export const ping = command({ letters: 'c:i:w:W:s:qnI:t:46v', usage: '[OPTIONS] HOST', usageCode: 2 }, async (call) => {
  const [host] = call.operands;
  if (host === undefined)
    return call.isBusybox ? call.misuse() : call.misuse('usage error: Destination address required');
  const ip = await resolve(call, host);
  if (ip === undefined) {
    await call.warn(call.isBusybox ? `ping: bad address '${host}'` : `ping: ${host}: Name or service not known`);
    return call.isBusybox ? 1 : 2;
  }
  const count = Number(call.value('c') ?? Infinity);
  const size = Number(call.value('s') ?? 56);
  await call.write(
    call.isBusybox
      ? `PING ${host} (${ip}): ${size} data bytes\n`
      : `PING ${host} (${ip}) ${size}(${size + 28}) bytes of data.\n`,
  );
  const tally = { sent: 0, received: 0 };
  let stopped = false;
  const stop = new AbortController();
  call.process.onSignal('SIGINT', () => {
    stopped = true;
    stop.abort();
  });
  const startedAt = call.process.clock.now();
  for (let n = 0; n < count && !stopped; n++) {
    tally.sent++;
    if (await call.process.network.echo(ip, { timeoutMs: 1000 })) {
      tally.received++;
      if (!call.has('q'))
        await call.write(
          call.isBusybox
            ? `${size + 8} bytes from ${ip}: seq=${n} ttl=64 time=0.080 ms\n`
            : `${size + 8} bytes from ${ip}: icmp_seq=${n + 1} ttl=64 time=0.080 ms\n`,
        );
    }
    if (call.process.killed.aborted) throw new Exit(143);
    if (call.has('w') && call.process.clock.now() - startedAt >= Number(call.value('w')) * 1000) break;
    if (n + 1 < count) await call.process.clock.sleep(Number(call.value('i') ?? 1) * 1000, stop.signal);
  }
  await call.write(summary(call, host, tally, call.process.clock.now() - startedAt));
  return tally.received > 0 ? 0 : 1;
});

function summary(call: Call, host: string, { sent, received }: { sent: number; received: number }, ms: number): string {
  const loss = sent === 0 ? 0 : Math.round((100 * (sent - received)) / sent);
  if (call.isBusybox) {
    const times = received > 0 ? 'round-trip min/avg/max = 0.080/0.080/0.080 ms\n' : '';
    return `\n--- ${host} ping statistics ---\n${sent} packets transmitted, ${received} packets received, ${loss}% packet loss\n${times}`;
  }
  const times = received > 0 ? 'rtt min/avg/max/mdev = 0.080/0.080/0.080/0.000 ms\n' : '';
  return `\n--- ${host} ping statistics ---\n${sent} packets transmitted, ${received} received, ${loss}% packet loss, time ${Math.round(ms)}ms\n${times}`;
}

export const nc = command(
  {
    letters: 'lp:w:zve:unki:s:Nq:t46Cd',
    usage: '[OPTIONS] HOST PORT  - connect\nnc [OPTIONS] -l -p PORT [HOST] [PORT]  - listen',
  },
  async (call) => {
    if (call.has('l')) return listen(call);
    const [host, portText] = call.operands;
    if (host === undefined || portText === undefined) return call.misuse();
    const ip = await resolve(call, host);
    if (ip === undefined)
      return call.fail(
        call.isBusybox
          ? `bad address '${host}'`
          : `getaddrinfo for host "${host}" port ${portText}: Name or service not known`,
      );
    const port = Number(portText);
    if (call.has('u')) return datagrams(call, ip, port);
    const timeoutMs = call.has('w') ? Number(call.value('w')) * 1000 : undefined;
    try {
      const socket = await call.process.network.connect(ip, port, { timeoutMs, signal: call.process.killed });
      if (call.has('v'))
        await call.warn(
          call.isBusybox
            ? `${host} (${ip}:${port}) open`
            : `Connection to ${host} (${ip}) ${port} port [tcp/*] succeeded!`,
        );
      if (call.has('z')) {
        socket.destroy();
        return 0;
      }
      await exchange(call, socket, timeoutMs);
      return 0;
    } catch (error) {
      if (!(error instanceof NetworkError)) throw error;
      if (error.code === 'ETIMEDOUT' && call.isBusybox) return call.fail('timed out');
      if (call.has('v') || !call.has('z'))
        await call.warn(
          call.isBusybox
            ? `nc: ${host} (${ip}:${port}): ${networkWords[error.code] ?? error.code}`
            : `nc: connect to ${host} (${ip}) port ${port} (tcp) failed: ${networkWords[error.code] ?? error.code}`,
        );
      return 1;
    }
  },
);

/** Both directions at once; what comes decides when it ends. */
async function exchange(call: Call, socket: Parameters<typeof send>[0], idleMs?: number): Promise<void> {
  call.process.killed.addEventListener('abort', () => socket.destroy(), { once: true });
  const ended = new AbortController();
  const sending = (async () => {
    for (;;) {
      const chunk = await call.process.stdin.read(65_536, ended.signal);
      if (!chunk) break;
      if (!(await send(socket, chunk))) break;
    }
    if (!ended.signal.aborted) socket.end();
  })();
  if (idleMs !== undefined)
    void call.process.clock.sleep(idleMs, ended.signal).then(() => ended.signal.aborted || socket.destroy());
  for await (const chunk of chunksOf(socket, { quiet: true })) await call.write(chunk);
  ended.abort();
  await sending;
  socket.destroy();
}

async function listen(call: Call): Promise<number> {
  const port = Number(call.value('p') ?? call.operands.at(-1));
  if (!port) return call.misuse();
  for (;;) {
    const socket = await new Promise<Parameters<typeof send>[0] | undefined>((resolve, reject) => {
      try {
        const listener = call.process.network.listen(port, (accepted) => {
          listener.close();
          resolve(accepted);
        });
        call.process.killed.addEventListener('abort', () => {
          listener.close();
          resolve(undefined);
        });
      } catch (error) {
        reject(error);
      }
    }).catch((error: unknown) => {
      if (error instanceof NetworkError)
        return call.fail(call.isBusybox ? 'bind: Address already in use' : 'Address already in use');
      throw error;
    });
    if (!socket) throw new Exit(143);
    await exchange(call, socket);
    if (!call.has('k')) return 0;
  }
}

async function datagrams(call: Call, ip: string, port: number): Promise<number> {
  for await (const chunk of chunksOfReader(call.process.stdin)) {
    const answer = await call.process.network
      .ask(ip, port, chunk, { timeoutMs: Number(call.value('w') ?? 1) * 1000 })
      .catch(() => undefined);
    if (answer) await call.write(answer);
  }
  return 0;
}

export const getent = command({ letters: 's:', usage: 'database [key ...]' }, async (call) => {
  const [database, ...keys] = call.operands;
  if (database === 'hosts' || database === 'ahosts' || database === 'ahostsv4')
    return hosts(call, keys, database !== 'hosts');
  if (database === 'passwd') {
    for (const e of passwd(call.files))
      if (keys.length === 0 || keys.includes(e.name) || keys.includes(String(e.uid)))
        await call.write(`${e.name}:x:${e.uid}:${e.gid}:${e.comment}:${e.home}:${e.shell}\n`);
    return keys.every((key) => passwd(call.files).some((e) => e.name === key || String(e.uid) === key)) ? 0 : 2;
  }
  if (database === 'group') {
    for (const g of groups(call.files))
      if (keys.length === 0 || keys.includes(g.name) || keys.includes(String(g.gid)))
        await call.write(`${g.name}:x:${g.gid}:${g.members.join(',')}\n`);
    return keys.every((key) => groups(call.files).some((g) => g.name === key || String(g.gid) === key)) ? 0 : 2;
  }
  await call.warn(`Unknown database: ${database ?? ''}`);
  return 1;
});

async function hosts(call: Call, keys: string[], all: boolean): Promise<number> {
  for (const key of keys) {
    const found = await lookUp(call.process.network, key).catch(() => undefined);
    if (!found) return 2;
    for (const address of found.addresses) {
      if (!all) await call.write(`${address.padEnd(15)} ${found.name}\n`);
      else
        for (const kind of ['STREAM', 'DGRAM', 'RAW'])
          await call.write(
            `${address.padEnd(15)} ${kind.padEnd(6)} ${kind === 'STREAM' ? found.name : ''}`.trimEnd() + '\n',
          );
    }
  }
  return 0;
}

/** A hardware address made of the IP, as Docker's bridges do. */
function hardware(ip: string): string {
  return ['02', '42', ...ip.split('.').map((part) => Number(part).toString(16).padStart(2, '0'))].join(':');
}

const gateway = (ip: string) => ip.replace(/\d+$/, '1');

export const ip = command({ raw: true, usage: '[OPTIONS] address|route|link [COMMAND]' }, async (call) => {
  const words = call.operands.filter((arg) => !arg.startsWith('-'));
  const own = call.process.network.ip;
  const what = words[0] ?? '';
  if (/^(r|ro|rou|rout|route)$/.test(what)) {
    await call.write(
      `default via ${gateway(own)} dev eth0${call.isBusybox ? '' : ' '}\n${own.replace(/\d+$/, '0')}/24 dev eth0 ${call.isBusybox ? 'scope' : 'proto kernel scope'} link  src ${own}${call.isBusybox ? '' : ' '}\n`,
    );
    return 0;
  }
  const isLink = /^l/.test(what);
  if (!isLink && !/^a/.test(what)) return call.misuse();
  if (/^(add|del|set|change)$/.test(words[1] ?? '')) {
    await call.warn(
      call.isBusybox ? 'ip: RTNETLINK answers: Operation not permitted' : 'RTNETLINK answers: Operation not permitted',
    );
    return 2;
  }
  const address = (text: string) => (isLink ? '' : text);
  const group = call.isBusybox ? '' : ' group default qlen 1000';
  await call.write(
    `1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN${call.isBusybox ? ' qlen 1000' : group}\n    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00\n` +
      address('    inet 127.0.0.1/8 scope host lo\n       valid_lft forever preferred_lft forever\n') +
      `2: eth0@if3: <BROADCAST,MULTICAST,UP,LOWER_UP${call.isBusybox ? ',M-DOWN' : ''}> mtu 1500 qdisc noqueue state UP${call.isBusybox ? '' : ' group default'}\n    link/ether ${hardware(own)} brd ff:ff:ff:ff:ff:ff${call.isBusybox ? '' : ' link-netnsid 0'}\n` +
      address(
        `    inet ${own}/24 brd ${own.replace(/\d+$/, '255')} scope global eth0\n       valid_lft forever preferred_lft forever\n`,
      ),
  );
  return 0;
});

export const ifconfig = command({ letters: 'a', usage: '[-a] [INTERFACE]' }, async (call) => {
  const own = call.process.network.ip;
  const wanted = call.operands[0];
  const counters =
    '          RX packets:0 errors:0 dropped:0 overruns:0 frame:0\n          TX packets:0 errors:0 dropped:0 overruns:0 carrier:0\n          collisions:0 txqueuelen:1000 \n          RX bytes:0 (0.0 B)  TX bytes:0 (0.0 B)\n\n';
  const ethernet = `eth0      Link encap:Ethernet  HWaddr ${hardware(own).toUpperCase()}  \n          inet addr:${own}  Bcast:${own.replace(/\d+$/, '255')}  Mask:255.255.255.0\n          UP BROADCAST RUNNING MULTICAST  MTU:1500  Metric:1\n${counters}`;
  const loopback = `lo        Link encap:Local Loopback  \n          inet addr:127.0.0.1  Mask:255.0.0.0\n          UP LOOPBACK RUNNING  MTU:65536  Metric:1\n${counters}`;
  if (wanted !== undefined && wanted !== 'eth0' && wanted !== 'lo')
    return call.fail(`${wanted}: error fetching interface information: Device not found`);
  await call.write((wanted !== 'lo' ? ethernet : '') + (wanted !== 'eth0' ? loopback : ''));
  return 0;
});

export const netstat = command({ letters: 'laentuwxrWp', usage: '[-ral] [-tuwx] [-en]' }, async (call) => {
  const rows = call.process.network
    .listeners()
    .filter(({ protocol }) => !call.has('t', 'u') || call.has(protocol[0] ?? ''));
  const lines = rows.map(({ port, protocol }) =>
    `${protocol.padEnd(5)}        0      0 ${`0.0.0.0:${port}`.padEnd(23)} ${'0.0.0.0:*'.padEnd(23)} ${protocol === 'tcp' ? 'LISTEN' : ''}`.padEnd(
      85,
    ),
  );
  const shown = call.has('l', 'a') ? lines : [];
  const kind = call.has('l') ? 'only servers' : call.has('a') ? 'servers and established' : 'w/o servers';
  await call.write(
    `Active Internet connections (${kind})\nProto Recv-Q Send-Q Local Address           Foreign Address         State       \n${shown.map((line) => `${line}\n`).join('')}`,
  );
});

export const ss = command({ letters: 'ltunapseH46', usage: '[ OPTIONS ]' }, async (call) => {
  const rows = call.process.network
    .listeners()
    .filter(({ protocol }) => !call.has('t', 'u') || call.has(protocol[0] ?? ''));
  const shown = call.has('l', 'a') ? rows : [];
  const head = 'Netid State  Recv-Q Send-Q Local Address:Port Peer Address:Port\n';
  await call.write(
    head +
      shown
        .map(
          ({ port, protocol }) =>
            `${protocol.padEnd(5)} ${protocol === 'tcp' ? 'LISTEN' : 'UNCONN'} 0      ${protocol === 'tcp' ? '511 ' : '0   '}   ${`0.0.0.0:${port}`.padStart(18)} ${'0.0.0.0:*'.padStart(17)}\n`,
        )
        .join(''),
  );
});
