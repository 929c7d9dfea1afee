import { fileHeader, maxFileBytes, type Accepted, type FilePlace } from '../../../lib/actions/contracts';
import { placeOf } from '../../../lib/actions/filePlace';
import { writeScript } from '../../../lib/actions/kubectlLine';
import { parseContainer, parseName, parseNamespace, parsePath } from '../../../lib/actions/parse';
import type { Pod } from '../../../lib/kubernetes/pod';
import { resourcePath } from '../../../lib/kubernetes/resources';
import { ClusterError } from '../../kubernetes/errors';
import { exec, type ExecResult } from '../../kubernetes/exec';
import { isRecord } from '../../kubernetes/json';
import { answerJson, HttpError } from '../answer';
import { expectType, readBody } from '../body';
import { param, type Exchange, type Route } from '../route';

const path = '/api/namespaces/:namespace/pods/:pod/files';
const timeoutMs = 30_000;

interface Target {
  namespace: string;
  pod: string;
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
    const { container, place } = target;
    const accepted: Accepted = {
      objects: [{ object: `pod/${target.pod}`, outcome: 'written' }],
      file: { container, place, bytes: stdin.length },
    };
    answerJson(exchange.response, 200, accepted);
  },
};

async function targetOf(exchange: Exchange): Promise<Target> {
  const namespace = parseNamespace(param(exchange, 'namespace'));
  const name = parseName(param(exchange, 'pod'));
  const file = parsePath(exchange.query.get('path'));
  const asked = parseContainer(exchange.query.get('container'));
  const pod = await exchange.deps.client.get(resourcePath('pods', namespace, name));
  if (!isPod(pod)) throw new ClusterError('internal', 'The cluster answered with something that is no pod.');
  const container = asked ?? pod.spec.containers[0]?.name;
  if (container === undefined || !pod.spec.containers.some((candidate) => candidate.name === container)) {
    const names = pod.spec.containers.map((candidate) => candidate.name).join(', ');
    throw new HttpError('notFound', `Pod ${name} has no container "${container ?? ''}"; it has ${names}.`, 404);
  }
  return { namespace, pod: name, container, path: file, place: placeOf(pod, container, file) };
}

function isPod(value: unknown): value is Pod {
  return isRecord(value) && isRecord(value['spec']) && Array.isArray(value['spec']['containers']);
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
