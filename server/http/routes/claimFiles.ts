import type { ClaimFilesAnswer, ListedFile } from '../../../lib/actions/contracts';
import { nameOnVolume } from '../../../lib/actions/filePlace';
import { parseName, parseNamespace } from '../../../lib/actions/parse';
import type { Board } from '../../../lib/board/model';
import { allClaims, allPods } from '../../../lib/board/pods';
import type { Pod } from '../../../lib/kubernetes/pod';
import { ClusterError } from '../../kubernetes/errors';
import { exec, type ExecResult } from '../../kubernetes/exec';
import { answerJson, HttpError } from '../answer';
import { param, type Exchange, type Route } from '../route';
import { findCommand, mostListed, parseFound, parseStats, statCommands, writerOf } from '../volumeFiles';
import { podAt } from './files';

interface Reader {
  namespace: string;
  pod: string;
  container: string;
  mountPath: string;
}

const timeoutMs = 30_000;
/** Some thousands of names: who has more files than that does not read them in a list. */
const mostNameBytes = 512 * 1024;

/** The files on a claim's volume, read through a running pod that mounts it: Kubernetes itself knows nothing of files. */
export const claimFilesRoute: Route = {
  method: 'GET',
  path: '/api/namespaces/:namespace/persistentvolumeclaims/:claim/files',
  intent: 'readFile',
  async handle(exchange) {
    const namespace = parseNamespace(param(exchange, 'namespace'));
    const claim = parseName(param(exchange, 'claim'));
    await exchange.deps.boards.ready(namespace);
    const { board } = exchange.deps.boards.now(namespace);
    const reader = readerOf(board, claim);
    if (!reader) {
      const message = `No running pod mounts ${claim}: its files can be listed only through one.`;
      throw new HttpError('conflict', message, 409);
    }
    const pod = await podAt(exchange.deps, namespace, reader.pod);
    const found = await find(exchange, reader);
    const written = allClaims(board).find(({ name }) => name === claim)?.files ?? [];
    const files = (await look(exchange, reader, found.slice(0, mostListed))).map((file) => ({
      ...file,
      ...writerOf(file, nameOf(pod, reader, file.path), written),
    }));
    const { container, mountPath } = reader;
    const more = Math.max(0, found.length - mostListed);
    const answer: ClaimFilesAnswer = { pod: reader.pod, container, mountPath, files, more };
    answerJson(exchange.response, 200, answer);
  },
};

function readerOf(board: Board, claim: string): Reader | undefined {
  for (const pod of allPods(board)) {
    if (pod.phase !== 'Running' || pod.deletingSince !== undefined) continue;
    for (const container of pod.containers) {
      const mount = container.mounts.find((candidate) => candidate.claim === claim);
      if (!mount) continue;
      return { namespace: board.namespace, pod: pod.name, container: container.name, mountPath: mount.path };
    }
  }
  return undefined;
}

function nameOf(pod: Pod, { container, mountPath }: Reader, path: string): string {
  return nameOnVolume(pod, container, path, mountPath);
}

/** A folder that may not be entered (`lost+found`) makes `find` complain and fail, and it still tells of all others. */
async function find(exchange: Exchange, reader: Reader): Promise<string[]> {
  const result = await run(exchange, reader, findCommand(reader.mountPath), mostNameBytes);
  const found = parseFound(result.stdout.toString('utf8'));
  if (result.exitCode === 0 || found.length > 0) return found;
  throw new ClusterError('failed', `In container ${reader.container} of pod ${reader.pod}: ${result.stderr.trim()}`);
}

/** Sizes and times, where they can be had. */
async function look(exchange: Exchange, reader: Reader, paths: readonly string[]): Promise<ListedFile[]> {
  const files: ListedFile[] = [];
  for (const command of statCommands(paths)) {
    const asked = command.slice(3);
    const result = await run(exchange, reader, command, 64 * 1024).catch(() => undefined);
    const stats = parseStats(result?.stdout.toString('utf8') ?? '', asked);
    files.push(...asked.map((path, index) => ({ path, ...stats[index] })));
  }
  return files;
}

async function run(exchange: Exchange, reader: Reader, command: string[], maxBytes: number): Promise<ExecResult> {
  try {
    return await exec(exchange.deps.client.access, { ...reader, command, maxBytes, timeoutMs });
  } catch (error) {
    const isNotThere = error instanceof ClusterError && /not found|no such file/i.test(error.message);
    if (!isNotThere) throw error;
    const message = `Container ${reader.container} of pod ${reader.pod} has no program "${command[0]}" to list files with (${error.message})`;
    throw new ClusterError('failed', message, error.reason);
  }
}
