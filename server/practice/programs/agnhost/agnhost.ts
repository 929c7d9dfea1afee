import { FileSystemError } from '../../filesystem/filesystem';
import { NetworkError } from '../../network/network';
import { serveHttp, serveRequests } from '../../network/httpServer';
import { isIPv4 } from '../../network/resolver';
import type { Process, Program } from '../../process/program';
import { serveFile } from './fileServer';
import { duration, Flags, forever, log } from './flags';
import { grpcHealthChecking } from './grpcHealthChecking';
import { guestbook } from './guestbook';
import { mounttest } from './mounttest';
import { netexec } from './netexec';
import { nettest } from './nettest';
import { portForwardTester } from './portForwardTester';

/** Kubernetes' own test image: those of its commands that tests of workloads, volumes and networks use. */
type Command = (process: Process, args: readonly string[]) => Promise<number>;

const commands: Readonly<Record<string, Command>> = {
  connect,
  'dns-server-list': (process) => resolvLine(process, 'nameserver'),
  'dns-suffix': (process) => resolvLine(process, 'search'),
  'entrypoint-tester': async (process) => say(process, `[${process.argv.join(' ')}]\n`),
  'etc-hosts': async (process) => say(process, `${Buffer.from(process.files.readFile('/etc/hosts')).toString()}\n`),
  'grpc-health-checking': grpcHealthChecking,
  guestbook,
  help: async (process) => say(process, `${usage()}\n`),
  liveness,
  'logs-generator': generateLogs,
  mounttest,
  netexec,
  nettest,
  pause,
  'port-forward-tester': portForwardTester,
  porter,
  'serve-hostname': serveHostname,
  'test-webserver': testWebserver,
};

export const agnhost: Program = async (process) => {
  const name = process.argv[1] ?? 'help';
  const command = commands[name];
  if (command) return command(process, process.argv.slice(2));
  await process.stderr
    .write(
      Buffer.from(
        `Error: unknown command "${name}" for "app"\nRun 'app --help' for usage.\nunknown command "${name}" for "app"\n`,
      ),
    )
    .catch(() => {});
  return 1;
};

function usage(): string {
  return `Usage:\n  app [command]\n\nAvailable Commands:\n${Object.keys(commands)
    .map((name) => `  ${name}`)
    .join('\n')}`;
}

async function say(process: Process, text: string): Promise<number> {
  await process.stdout.write(Buffer.from(text));
  return 0;
}

async function pause(process: Process): Promise<number> {
  await say(process, 'Paused\nSignals registered\n');
  const signal = await new Promise<'interrupt' | 'terminated' | undefined>((resolve) => {
    process.onSignal('SIGINT', () => resolve('interrupt'));
    process.onSignal('SIGTERM', () => resolve('terminated'));
    process.killed.addEventListener('abort', () => resolve(undefined), { once: true });
  });
  if (!signal) return 137;
  const message = `exiting because of signal "${signal}"\n`;
  try {
    process.files.writeFile(
      process.env.get('TERMINATION_MESSAGE_PATH') ?? '/dev/termination-log',
      Buffer.from(message),
    );
  } catch (error) {
    if (!(error instanceof FileSystemError)) throw error;
  }
  await say(process, message);
  return signal === 'interrupt' ? 1 : 2;
}

async function testWebserver(process: Process, args: readonly string[]): Promise<number> {
  serveRequests(process.network, new Flags(args).number('port', 80), (request, response) => {
    response.setHeader('Access-Control-Allow-Origin', '*');
    response.setHeader('Cache-Control', 'private');
    serveFile(process.files, request, response);
  });
  return forever(process);
}

async function serveHostname(process: Process, args: readonly string[]): Promise<number> {
  const flags = new Flags(args, ['tcp', 'udp', 'http', 'close']);
  const port = flags.number('port', 9376);
  const { hostname } = process.container;
  if (flags.is('tcp')) process.network.listen(port, (socket) => socket.end(hostname));
  if (flags.is('udp')) process.network.answer(port, async () => Buffer.from(hostname));
  if (flags.is('http', true) && !flags.is('tcp') && !flags.is('udp'))
    serveHttp(process.network, port, async (_request, peer) => {
      await log(process, `HTTP request from ${peer.ip}:${peer.port}`);
      return { status: 200, body: hostname };
    });
  await log(process, `Serving on port ${port}.`);
  await new Promise<void>((resolve) => {
    process.onSignal('SIGTERM', resolve);
    process.killed.addEventListener('abort', () => resolve(), { once: true });
  });
  await log(process, 'Shutting down after receiving signal: terminated.');
  await log(process, 'Awaiting pod deletion.');
  await process.clock.sleep(60_000, process.killed);
  return 0;
}

async function porter(process: Process, args: readonly string[]): Promise<number> {
  const isJson = new Flags(args, ['json-response']).is('json-response');
  for (const [name, value] of process.env) {
    const [, kind, port] = /^SERVE_(PORT|TCP_PORT|UDP_PORT)_(\d+)$/.exec(name) ?? [];
    if (kind === 'PORT' || kind === 'TCP_PORT')
      serveHttp(process.network, Number(port), ({ method }) =>
        isJson
          ? { status: 200, type: 'application/json', body: JSON.stringify({ Method: method, Body: value }) }
          : { status: 200, body: value },
      );
    else if (kind === 'UDP_PORT') process.network.answer(Number(port), async () => Buffer.from(value));
  }
  return forever(process);
}

/** Healthy for ten seconds, and then not. */
async function liveness(process: Process): Promise<number> {
  const startedAt = process.clock.now();
  serveHttp(process.network, 8080, (request) => {
    if (!request.url?.startsWith('/healthz')) return { status: 404, body: '404 page not found\n' };
    const seconds = (process.clock.now() - startedAt) / 1000;
    return seconds > 10 ? { status: 500, body: `error: ${seconds}` } : { status: 200, body: 'ok' };
  });
  return forever(process);
}

async function connect(process: Process, args: readonly string[]): Promise<number> {
  const flags = new Flags(args);
  const fail = async (text: string) => {
    await process.stderr.write(Buffer.from(`${text}\n`)).catch(() => {});
    return 1;
  };
  const [target = ''] = flags.operands;
  const [, host = '', port] = /^(.*):(\d+)$/.exec(target) ?? [];
  if (port === undefined) return fail(`UNKNOWN: address ${target}: missing port in address`);
  const ip = isIPv4(host) ? host : (await process.network.lookup(host).catch(() => []))[0];
  if (ip === undefined) return fail(`DNS: lookup ${host}: no such host`);
  const timeoutMs = duration(flags.text('timeout', '0')) || undefined;
  try {
    if (flags.text('protocol', 'tcp') === 'udp')
      await process.network.ask(ip, Number(port), Buffer.from(flags.text('udp-data', 'hostname')), { timeoutMs });
    else (await process.network.connect(ip, Number(port), { timeoutMs, signal: process.killed })).destroy();
    return 0;
  } catch (error) {
    if (!(error instanceof NetworkError)) throw error;
    if (error.code === 'ETIMEDOUT') return fail('TIMEOUT');
    return fail(error.code === 'ECONNREFUSED' ? 'REFUSED' : `OTHER: ${error.message}`);
  }
}

async function generateLogs(process: Process, args: readonly string[]): Promise<number> {
  const flags = new Flags(args);
  const total = flags.number('log-lines-total', flags.number('t', 0));
  const length = duration(flags.text('run-duration', flags.text('d', '0'))) ?? 0;
  if (total <= 0 || length <= 0) return 255;
  for (let id = 0; id < total && !process.killed.aborted; id++) {
    const at = new Date(process.clock.now()).toISOString();
    const stamp = `I${at.slice(5, 7)}${at.slice(8, 10)} ${at.slice(11, 23)}000`;
    const method = ['GET', 'POST', 'PUT'][id % 3];
    const namespace = ['kube-system', 'default', 'ns'][(id * 7) % 3];
    await process.stderr.write(
      Buffer.from(
        `${stamp}       ${process.pid} logs_generator.go:76] ${id} ${method} /api/v1/namespaces/${namespace}/pods/${((id * 2_654_435_761) >>> 0).toString(36).slice(0, 4)} ${200 + ((id * 37) % 400)}\n`,
      ),
    );
    await process.clock.sleep(length / total, process.killed);
  }
  return 0;
}

async function resolvLine(process: Process, key: string): Promise<number> {
  const lines = Buffer.from(process.files.readFile('/etc/resolv.conf')).toString().split('\n');
  const found = lines.find((line) => line.startsWith(key));
  return say(process, `${(found ?? '').split(' ').slice(1).join(',')}\n`);
}
