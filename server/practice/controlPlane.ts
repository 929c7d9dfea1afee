import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { authenticate } from './api/access/authenticate';
import { servingCertificates, type ServingCertificates } from './api/access/certificates';
import { createRbacAuthorizer } from './api/access/rbac';
import { rbacObjectsOf } from './api/access/rbacObjects';
import { createReviews } from './api/access/reviews';
import { createTokens, issuer, type Tokens } from './api/access/tokens';
import type { Authorizer, User } from './api/access/user';
import { createApi, type Api } from './api/api';
import { createDiscovery } from './api/discovery/discovery';
import { createHttpHandler } from './api/http/handler';
import { kinds } from './api/kinds';
import { createOpenApi } from './api/openapi/openapi';
import { createOpenApiV2 } from './api/openapi/v2';
import { createProtobufCodec } from './api/protobuf/codec';
import { loadSchema } from './api/schema/load';
import type { Schema } from './api/schema/schema';
import { createApiServer, type ApiServer } from './api/server';
import { createStreams } from './api/streams/streams';
import { renderTable } from './api/tables/table';
import { keptCredentials, usersByToken, type Credentials } from './bootstrap/credentials';
import {
  apiServer,
  bootstrapObjects,
  clusterDnsIp,
  clusterDomain,
  firstObjects,
  kubernetesServiceIp,
} from './bootstrap/objects';
import type { ApiClient } from './client';
import { systemClock } from './clock';
import { startControllers } from './controllers';
import type { ReconcileFailure } from './controllers/runtime/controller';
import { createInformers, type Informers } from './controllers/runtime/informer';
import { startVolumeControllers } from './controllers/volumes/startVolumeControllers';
import { systemIds } from './ids';
import { renewKubeconfig } from './kubeconfig';
import type { MintToken } from './kubelet/kubeletDeps';
import { lockFolder } from './lock';
import { startMachine, type Machine } from './machine';
import type { PracticeOptions } from './options';
import { paceOf } from './pace';
import { builtFile } from './programFiles';
import { startScheduler } from './scheduler/startScheduler';
import { openStorage } from './storage/durable';

/** A practice cluster that serves. */
export interface ControlPlane {
  url: string;
  kubeconfig: string;
  userKubeconfig: string;
  /** Ends every part, the API last, and closes the journal. */
  stop(): Promise<void>;
}

const host = '127.0.0.1';
const clock = systemClock;
const ids = systemIds;

/** Joins the parts of a practice cluster and starts them. Throws `FolderInUseError`. */
export async function startControlPlane(options: PracticeOptions): Promise<ControlPlane> {
  const directory = resolve(options.directory);
  const kept = join(directory, 'practice');
  const lock = await lockFolder(kept, clock);
  if (options.fresh)
    for (const part of ['store', 'volumes']) rmSync(join(kept, part), { recursive: true, force: true });
  const certificates = await servingCertificates({
    directory: kept,
    clock,
    ids,
    addresses: [host, kubernetesServiceIp],
  });
  const credentials = keptCredentials(kept, ids);
  const durable = openStorage(join(kept, 'store'), clock);
  const isNew = durable.storage.count('namespaces') === 0;
  const brain = createBrain(durable.storage, credentials);
  await bootstrapObjects(brain.clientAs('kube-apiserver'));
  if (isNew) await firstObjects(brain.clientAs('kube-apiserver'));
  const running = startWorkers({ ...options, directory }, brain, certificates);
  const server = serve(brain, running.machine, certificates);
  running.machine.network.serve(apiServer.address, apiServer.port, (socket) => server.accept(socket));
  const port = await listen(server, join(kept, 'port'), options.apiPort);
  await running.machine.kubelets.ready;
  const url = `https://${host}:${port}`;
  return {
    url,
    ...writeKubeconfigs(directory, url, certificates.ca, credentials),
    async stop() {
      await running.stop();
      await server.close();
      durable.close();
      lock.release();
    },
  };
}

/** The API and what decides in it, before anything listens or works. */
interface Brain {
  api: Api;
  schema: Schema;
  informers: Informers;
  authorizer: Authorizer;
  tokens: Tokens;
  /** A client for one of the cluster's own parts, by the name that managedFields and events know it. */
  clientAs(component: string): ApiClient;
}

function createBrain(storage: Parameters<typeof createApi>[0]['storage'], credentials: Credentials): Brain {
  const schema = loadSchema(builtFile('schema.json'));
  const authorizer = createRbacAuthorizer(rbacObjectsOf(() => informers));
  const codec = createProtobufCodec(schema);
  const api = createApi({ kinds, schema, codec, storage, clock, ids, authorizer });
  const clientAs = (component: string) => {
    const user: User = { name: `system:${component}`, groups: ['system:masters', 'system:authenticated'] };
    return api.client(user, component);
  };
  const informers: Informers = createInformers(clientAs('kube-controller-manager'));
  for (const resource of ['roles', 'clusterroles', 'rolebindings', 'clusterrolebindings', 'serviceaccounts'] as const) {
    informers.for(resource);
  }
  const accountExists = (namespace: string, name: string, uid: string) =>
    informers.for('serviceaccounts').get(name, namespace)?.metadata.uid === uid;
  const tokens = createTokens({
    clock,
    ids,
    secret: credentials.secret,
    users: usersByToken(credentials),
    accountExists,
  });
  return { api, schema, informers, authorizer, tokens, clientAs };
}

function startWorkers(options: PracticeOptions, brain: Brain, { ca }: ServingCertificates) {
  const { informers, clientAs } = brain;
  const pace = paceOf(options.speed);
  const machine = startMachine({
    options,
    client: clientAs('kubelet'),
    informers,
    clock,
    ids,
    pace,
    mintToken: minting(brain),
    clusterDns: clusterDnsIp,
    clusterDomain,
  });
  const { volumes } = machine;
  const client = clientAs('kube-controller-manager');
  const parts: { stop(): void | Promise<void> }[] = [
    startControllers({ client, informers, clock, ids, rootCa: ca, onError: reportFailure }),
    startVolumeControllers({ client, informers, clock, ids, volumes, pace }),
    startScheduler({ client: clientAs('kube-scheduler'), informers, clock, ids }),
    machine,
  ];
  const stop = async () => {
    for (const part of parts) await part.stop();
    informers.stop();
  };
  return { machine, stop };
}

/** A reconcile that fails is tried again, so only one that keeps failing is worth a line. */
function reportFailure({ controller, key, error, failures }: ReconcileFailure): void {
  if (failures !== 5) return;
  process.stderr.write(
    `ordinal practice: ${controller} ${key}: ${error instanceof Error ? error.message : String(error)}\n`,
  );
}

/** Tokens for the pods' own service accounts, as kubelets ask the API for them. */
function minting({ tokens, informers }: Brain): MintToken {
  return (namespace, serviceAccount, audience, expirationSeconds, boundTo) => {
    const account = informers.for('serviceaccounts').get(serviceAccount, namespace);
    const node = informers.for('nodes').get(boundTo?.nodeName ?? '');
    return tokens.mint({
      namespace,
      serviceAccount,
      serviceAccountUid: account?.metadata.uid ?? '',
      audiences: [audience ?? issuer],
      expirationSeconds,
      ...(boundTo ? { pod: { name: boundTo.podName, uid: boundTo.podUid } } : {}),
      ...(node ? { node: { name: node.metadata.name ?? '', uid: node.metadata.uid ?? '' } } : {}),
    }).token;
  };
}

function serve(brain: Brain, machine: Machine, { cert, key }: ServingCertificates): ApiServer {
  const { api, schema, authorizer, tokens, clientAs } = brain;
  const handler = createHttpHandler({
    core: api.core,
    renderTable: (kind, objects, options) => {
      const { columnDefinitions, rows } = renderTable(kind, objects, { ...options, schema });
      return { columnDefinitions: columnDefinitions ?? [], rows };
    },
    authenticate: (headers) => authenticate(headers, tokens, authorizer),
    extraRoutes: [createDiscovery(kinds), createOpenApi(kinds, schema), createOpenApiV2(kinds, schema)],
    reviews: createReviews({ authorizer, tokens, clock }),
    tokens,
    streams: createStreams({ client: clientAs('kube-apiserver'), agent: machine.kubelets.agent, clock }),
  });
  return createApiServer({ tls: { cert, key }, handler, clock });
}

/** The port asked for; else the one of the last run, so that open kubeconfigs stay good; else any. */
async function listen(server: ApiServer, file: string, asked: number): Promise<number> {
  const port = asked || lastPort(file);
  const taken = await server.listen(port, host).catch((error: NodeJS.ErrnoException) => {
    if (asked || port === 0 || error.code !== 'EADDRINUSE') throw error;
    return server.listen(0, host);
  });
  writeFileSync(file, String(taken));
  return taken;
}

function lastPort(file: string): number {
  try {
    return Number(readFileSync(file, 'utf8')) || 0;
  } catch {
    return 0;
  }
}

function writeKubeconfigs(directory: string, server: string, ca: string, { admin, dashboard, student }: Credentials) {
  const common = { name: 'practice', server, ca };
  const userKubeconfig = join(directory, 'kubeconfig');
  const kubeconfig = join(directory, 'practice', 'dashboard.kubeconfig');
  renewKubeconfig(userKubeconfig, { ...common, user: 'practice-admin', token: admin });
  renewKubeconfig(kubeconfig, { ...common, user: 'ordinal-dashboard', token: dashboard });
  const limited = { ...common, name: 'practice-student', user: 'student', token: student, namespace: 'student' };
  renewKubeconfig(join(directory, 'student.kubeconfig'), limited);
  return { kubeconfig, userKubeconfig };
}
