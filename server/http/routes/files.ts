import { fileHeader, maxFileBytes, type Accepted, type FilePlace } from '../../../lib/actions/contracts';
import { nameOnVolume, placeOf } from '../../../lib/actions/filePlace';
import { writeScript } from '../../../lib/actions/kubectlLine';
import { parseContainer, parseName, parseNamespace, parsePath } from '../../../lib/actions/parse';
import { mountsOf } from '../../../lib/kubernetes/mounts';
import { volumeFate, type Pod } from '../../../lib/kubernetes/pod';
import { resourcePath } from '../../../lib/kubernetes/resources';
import { ClusterError } from '../../kubernetes/errors';
import { exec, type ExecResult } from '../../kubernetes/exec';
import { isRecord } from '../../kubernetes/json';
import type { WriteTold } from '../../watch/cache';
import { answerJson, HttpError } from '../answer';
import { expectType, readBody } from '../body';
import { parseStats, statFormat } from '../volumeFiles';
import { param, type Deps, type Exchange, type Route } from '../route';

const path = '/api/namespaces/:namespace/pods/:pod/files';
const timeoutMs = 30_000;

interface Target {
  namespace: string;
  pod: string;
  /** As it was before anything was done in it. */
  seen: Pod;
  container: string;
  path: string;
  place: FilePlace;
}

export const readFileRoute: Route = {
  method: 'GET',
  path,
  intent: 'readFile',
  async handle(exchange) {
    const target = await targetOf(exchange);
    // The path is an argument of the program: no shell sees it.
    const command = ['cat', target.path];
    const result = await exec(exchange.deps.client.access, { ...target, command, maxBytes: maxFileBytes, timeoutMs });
    if (result.exitCode !== 0 && isMissing(result)) {
      throw new HttpError('notFound', `There is no file ${target.path} in container ${target.container}.`, 404);
    }
    expectSuccess(result, target);
    const { container, place } = target;
    exchange.response.writeHead(200, {
      // What a student wrote must not run as a page of ours, whatever it holds.
      'Content-Type': 'application/octet-stream',
      'X-Content-Type-Options': 'nosniff',
      'Content-Disposition': 'attachment',
      'Content-Security-Policy': "default-src 'none'; sandbox",
      'Content-Length': result.stdout.length,
      'Cache-Control': 'no-store',
      [fileHeader]: encodeURIComponent(JSON.stringify({ container, place })),
    });
    exchange.response.end(result.stdout);
  },
};

export const writeFileRoute: Route = {
  method: 'PUT',
  path,
  intent: 'writeFile',
  async handle(exchange) {
    expectType(exchange.request, ['application/octet-stream']);
    const stdin = await readBody(exchange.request, maxFileBytes);
    const target = await targetOf(exchange);
    // A constant script; the path is its first argument and the content its input, so neither is ever read as a command.
    const command = ['sh', '-c', writeScript, 'sh', target.path];
    const result = await exec(exchange.deps.client.access, { ...target, command, stdin, maxBytes: 65_536, timeoutMs });
    expectSuccess(result, target);
    await tell(exchange.deps, target, stdin.length);
    const { container, place } = target;
    const accepted: Accepted = {
      objects: [{ object: `pod/${target.pod}`, outcome: 'written' }],
      file: { container, place, bytes: stdin.length },
    };
    answerJson(exchange.response, 200, accepted);
  },
};

/**
 * Tells the board what was written, if it is still certain by whom: a container that was replaced meanwhile may or may not have
 * the file. A volume that is neither a claim's nor the pod's own (a node's folder, an NFS export) is nobody's to tell of.
 */
async function tell(deps: Deps, target: Target, bytes: number): Promise<void> {
  const { namespace, pod, seen, container, path: file } = target;
  const place = toldPlace(target);
  if (!place) return;
  const now = await podAt(deps, namespace, pod).catch(() => undefined);
  const containerId = containerIdOf(seen, container);
  if (now?.metadata.uid !== seen.metadata.uid || containerIdOf(now, container) !== containerId) return;
  const podUid = seen.metadata.uid ?? '';
  const modifiedAt = await timeOf(deps, target);
  const timed = modifiedAt === undefined ? {} : { modifiedAt };
  deps.wrote(namespace, { path: file, bytes, at: deps.now(), ...timed, pod, podUid, container, containerId, place });
}

/** So that a later change can be told from this write. Not every image has `stat`. */
async function timeOf(deps: Deps, { path: file, ...target }: Target): Promise<number | undefined> {
  const command = ['stat', '-c', statFormat, file];
  const result = await exec(deps.client.access, { ...target, command, maxBytes: 4096, timeoutMs }).catch(
    () => undefined,
  );
  return result && parseStats(result.stdout.toString('utf8'), [file])[0]?.modifiedAt;
}

function toldPlace({ seen, container, path: file, place }: Target): WriteTold['place'] | undefined {
  if (place.kind === 'container') return { kind: 'container' };
  if (place.kind === 'volume') return volumeFate(place.source) === 'pod' ? { kind: 'pod' } : undefined;
  return { kind: 'claim', claim: place.claim, name: nameOnVolume(seen, container, file, place.mountPath) };
}

function containerIdOf(pod: Pod | undefined, container: string): string {
  return pod?.status.containerStatuses?.find(({ name }) => name === container)?.containerID ?? '';
}

async function targetOf(exchange: Exchange): Promise<Target> {
  const namespace = parseNamespace(param(exchange, 'namespace'));
  const name = parseName(param(exchange, 'pod'));
  const file = parsePath(exchange.query.get('path'));
  const asked = parseContainer(exchange.query.get('container'));
  const pod = await podAt(exchange.deps, namespace, name);
  const container = asked ?? pod.spec.containers[0]?.name;
  if (container === undefined || !pod.spec.containers.some((candidate) => candidate.name === container)) {
    const names = pod.spec.containers.map((candidate) => candidate.name).join(', ');
    throw new HttpError('notFound', `Pod ${name} has no container "${container ?? ''}"; it has ${names}.`, 404);
  }
  return {
    namespace,
    pod: name,
    seen: pod,
    container,
    path: file,
    place: placeOf(mountsOf(pod.spec, container), file),
  };
}

export async function podAt(deps: Deps, namespace: string, name: string): Promise<Pod> {
  const pod = await deps.client.get(resourcePath('pods', namespace, name));
  if (!isPod(pod)) throw new ClusterError('internal', 'The cluster answered with something that is no pod.');
  return pod;
}

function isPod(value: unknown): value is Pod {
  return isRecord(value) && isRecord(value['metadata']) && hasContainers(value['spec']) && isRecord(value['status']);
}

function hasContainers(spec: unknown): boolean {
  return isRecord(spec) && Array.isArray(spec['containers']);
}

/** The program's own complaint is the reason: no such folder, read-only, disk full. */
function expectSuccess(result: ExecResult, target: Target): void {
  if (result.exitCode === 0) return;
  const complaint = result.stderr.trim();
  const words = complaint === '' ? `it ended with exit code ${result.exitCode}` : complaint;
  throw new ClusterError('failed', `In container ${target.container} of pod ${target.pod}: ${words}`);
}

function isMissing(result: ExecResult): boolean {
  return /no such file or directory/i.test(result.stderr);
}
