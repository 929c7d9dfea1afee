import next from 'next';
import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { createServer, Server, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { systemClock } from './clock';
import { parseConfig, usage, UsageError, type Config } from './config';
import { connectDirectly, connectThroughApi } from './dns/clusterDns';
import { DnsWatch } from './dns/dnsWatch';
import { createApi } from './http/api';
import { answerJson } from './http/answer';
import { metricsText } from './http/metrics';
import type { Deps } from './http/route';
import { KubernetesClient } from './kubernetes/client';
import { ClusterError } from './kubernetes/errors';
import { accessFromKubeconfig, accessFromPod, type Access } from './kubernetes/kubeconfig';
import { ObjectPaths } from './kubernetes/objectPaths';
import { log, wordsOf } from './log';
import { Gate } from './policy/origin';
import { loopbackPolicy } from './policy/policy';
import { startPracticeCluster, type PracticeCluster } from './practice/cluster';
import { Stream } from './stream/stream';
import { liveMetrics } from './watch/liveMetrics';
import { Live } from './watch/live';
import { forgetOldFiles } from './watch/past';

/** A cluster to show, and what to tell the user of it. */
interface Cluster {
  access: Access;
  practice: PracticeCluster | undefined;
}

async function findCluster(config: Config): Promise<Cluster> {
  if (config.cluster.kind === 'pod') return { access: accessFromPod(), practice: undefined };
  if (config.cluster.kind === 'context') return { access: accessFromKubeconfig(config.cluster), practice: undefined };
  const practice = await startPracticeCluster(config.practice, log.warn);
  return { access: accessFromKubeconfig({ kubeconfig: practice.kubeconfig }), practice };
}

interface Dashboard {
  gate: Gate;
  live: Live;
  dns: DnsWatch;
  stream: Stream;
  api: ReturnType<typeof createApi>;
}

/** The server's rooms put together around one cluster. */
function assemble(config: Config, { access, practice }: Cluster, http: Server): Dashboard {
  const client = new KubernetesClient(access);
  const gate = new Gate(config.allowedHosts);
  const clock = systemClock;
  // DNS, the live path and the stream tell each other things; none of them does before all three are there.
  const dns: DnsWatch = new DnsWatch({
    clock,
    connect: () => (config.cluster.kind === 'pod' ? connectDirectly(client) : connectThroughApi(client)),
    answered: (namespace, name, answer) => live.cache.setAnswer(namespace, name, answer),
    problem: (message) => live.cache.setDnsProblem(message),
  });
  const live: Live = new Live({
    client,
    clock,
    random: Math.random,
    epoch: randomBytes(5).toString('hex'),
    clusterDomain: config.clusterDomain,
    dns,
    send: (frame) => stream.publish(frame),
    healthChanged: () => stream.healthChanged(),
    historyDirectory: historyDirectoryOf(config),
  });
  const stream: Stream = new Stream({
    http,
    basePath: config.basePath,
    clock,
    refusal: (request) => gate.refusal(request),
    boards: live,
    health: (namespace) => live.health(namespace),
  });
  const deps = routeDeps(config, client, live, practice !== undefined);
  return { gate, live, dns, stream, api: createApi(deps, loopbackPolicy, gate) };
}

/** One folder a cluster: a namespace of the same name elsewhere has another past. */
function historyDirectoryOf({ cluster, practice }: Config): string {
  const name = cluster.kind === 'context' ? encodeURIComponent(cluster.context) : `${cluster.kind} cluster`;
  return join(practice.directory, 'history', name);
}

function routeDeps(config: Config, client: KubernetesClient, live: Live, practice: boolean): Deps {
  const { access } = client;
  let version: string | undefined;
  return {
    client,
    paths: new ObjectPaths(client),
    boards: {
      now: (namespace) => live.now(namespace),
      moment: (namespace, position) => live.moment(namespace, position),
      ready: (namespace) => live.ready(namespace),
      history: (namespace) => live.history(namespace),
    },
    now: () => systemClock.now(),
    wrote: (namespace, write) => live.cache.wrote(namespace, write),
    async contexts() {
      version ??= await client.version().catch(() => undefined);
      const answer = { current: access.current, practice, contexts: access.contexts };
      return version === undefined ? answer : { ...answer, version };
    },
    namespaces() {
      const refused = live.watch.views().find((view) => view.kind === 'namespaces')?.status.error;
      const namespaces = [...live.cache.namespaces.values()].map(({ name, terminating, createdAt }) => {
        return { name, terminating, createdAt, sets: live.cache.setCount(name) };
      });
      namespaces.sort((a, b) => (a.name < b.name ? -1 : 1));
      const answer = { defaultNamespace: config.namespace ?? access.current.namespace, namespaces };
      return refused ? { ...answer, problem: refused.toJSON() } : answer;
    },
  };
}

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** What is ours is taken before Next sees it; socket.io takes its own by listening beside us. */
function listen(config: Config, http: Server, dashboard: Dashboard, pages: Handler, decoy: Server): void {
  const under = (path: string): string => `${config.basePath}${path}`;
  http.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const url = urlOf(request);
    if (!url) return answerJson(response, 400, { kind: 'invalid', message: 'The address cannot be read.', code: 400 });
    if (url.pathname.startsWith(under('/socket.io/'))) return;
    if (config.basePath !== '' && url.pathname.startsWith(under('/'))) {
      url.pathname = url.pathname.slice(config.basePath.length);
    } else if (config.basePath !== '' && url.pathname.startsWith('/api/')) {
      return answerJson(response, 404, {
        kind: 'notFound',
        message: `The dashboard is at ${config.basePath}.`,
        code: 404,
      });
    }
    if (url.pathname.startsWith('/api/')) return void dashboard.api(request, response, url);
    if (answerProbe(url.pathname, response, dashboard)) return;
    const refusal = dashboard.gate.refusal(request);
    if (refusal !== undefined) return answerText(response, 403, refusal);
    void pages(request, response).catch((error: unknown) => {
      log.warn(`a page failed: ${wordsOf(error)}`);
      response.destroy();
    });
  });
  http.on('upgrade', (request, socket, head) => {
    const path = urlOf(request)?.pathname ?? '';
    if (path.startsWith(under('/socket.io/'))) return;
    if (config.dev && path.startsWith(under('/_next/'))) return void decoy.emit('upgrade', request, socket, head);
    socket.destroy();
  });
}

function urlOf(request: IncomingMessage): URL | undefined {
  try {
    return new URL(request.url ?? '/', 'http://dashboard');
  } catch {
    return undefined;
  }
}

/** Who comes by a name that is not ours reads why, where a page would only say that it has no connection. */
function answerText(response: ServerResponse, code: number, text: string): void {
  response.writeHead(code, { 'Content-Type': 'text/plain; charset=utf-8' });
  response.end(`${text}\n`);
}

/** For whoever keeps this process running. They ask by address, so the name in `Host` is not checked. */
function answerProbe(path: string, response: ServerResponse, { live, stream }: Dashboard): boolean {
  if (path === '/healthz') {
    answerJson(response, 200, { ok: true });
    return true;
  }
  if (path === '/readyz') {
    const waiting = live.watch
      .views()
      .filter((view) => view.status.state !== 'live' && view.status.state !== 'refused');
    answerJson(response, waiting.length === 0 ? 200 : 503, {
      ok: waiting.length === 0,
      waiting: waiting.map((v) => v.kind),
    });
    return true;
  }
  if (path !== '/metrics') return false;
  const text = metricsText(liveMetrics(live, stream, systemClock.now()));
  response.writeHead(200, { 'Content-Type': 'text/plain; version=0.0.4; charset=utf-8' });
  response.end(text);
  return true;
}

async function start(config: Config): Promise<void> {
  const http = createServer();
  // Next adds an `upgrade` listener that ends what is not its own; it may do that to a server that never listens.
  const decoy = new Server();
  const app = next({
    dev: config.dev,
    dir: process.env['ORDINAL_ROOT'] ?? process.cwd(),
    httpServer: decoy,
    hostname: config.host,
    port: config.port,
  });
  const historyDirectory = historyDirectoryOf(config);
  if (config.practice.fresh) await rm(historyDirectory, { recursive: true, force: true });
  await forgetOldFiles(historyDirectory, systemClock.now());
  const [cluster] = await Promise.all([findCluster(config), app.prepare()]);
  const dashboard = assemble(config, cluster, http);
  listen(config, http, dashboard, app.getRequestHandler(), decoy);
  await dashboard.live.start();
  await listening(http, config);
  announce(config, http, cluster);
  endInOrder(http, dashboard, cluster.practice, () => app.close());
}

function listening(http: Server, config: Config): Promise<void> {
  return new Promise((resolve, reject) => {
    http.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE';
      reject(taken ? new UsageError(`Port ${config.port} is taken; choose another with --port.`) : error);
    });
    http.listen(config.port, config.host, resolve);
  });
}

function announce(config: Config, http: Server, { practice, access }: Cluster): void {
  const address = http.address();
  const port = typeof address === 'object' && address ? address.port : config.port;
  const host = config.host.includes(':') ? `[${config.host}]` : config.host;
  const lines = [`\n  Ordinal  http://${host}:${port}${config.basePath}`];
  if (practice) lines.push(`\n  In a terminal, for kubectl:\n  export KUBECONFIG=${practice.userKubeconfig}\n`);
  else lines.push(`  shows ${access.current.name} (${access.server})\n`);
  process.stdout.write(`${lines.join('\n')}\n`);
}

/** Viewers are let go first, so that they see the server leave rather than fall silent; the cluster goes last. */
function endInOrder(
  http: Server,
  { stream, live, dns }: Dashboard,
  practice: PracticeCluster | undefined,
  closePages: () => Promise<void>,
): void {
  let isEnding = false;
  const end = async (code: number): Promise<void> => {
    if (isEnding) process.exit(1);
    isEnding = true;
    // Whatever hangs must not keep the port.
    setTimeout(() => process.exit(code), 8000).unref();
    await stream.stop();
    dns.stop();
    live.stop();
    http.close();
    http.closeAllConnections();
    await live.saved();
    await closePages().catch(() => undefined);
    await practice?.stop();
    process.exit(code);
  };
  process.on('SIGINT', () => void end(0));
  process.on('SIGTERM', () => void end(0));
  process.on('SIGHUP', () => void end(0));
}

try {
  const config = parseConfig(process.argv.slice(2), process.env);
  if (config) await start(config);
  else process.stdout.write(`${usage}\n`);
} catch (error) {
  if (!(error instanceof UsageError) && !(error instanceof ClusterError)) log.warn('the start failed');
  process.stderr.write(`${wordsOf(error)}\n`);
  process.exit(error instanceof UsageError ? 2 : 1);
}
