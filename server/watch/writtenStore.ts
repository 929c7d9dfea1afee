import type { WrittenFile } from '../../lib/board/model';
import type { OwnWrite, Written } from '../../lib/board/writes';
import type { Clock } from '../clock';
import { isRecord } from '../kubernetes/json';
import { KeptByNamespace, parseKept } from './keptByNamespace';

/**
 * Who wrote which file last, kept as long as the claims and pods that hold them: what lies there outlives every life of this
 * server.
 */
export class WrittenStore extends KeptByNamespace<Written> {
  constructor(path: string, clock: Clock) {
    const isNothing = ({ onClaims, inPods }: Written) => Object.keys({ ...onClaims, ...inPods }).length === 0;
    super({ path, clock, what: 'who wrote a file', gatherMs: 500, isOne: isWritten, isNothing });
  }
}

export function parseWritten(text: string): Record<string, Written> {
  return parseKept(text, isWritten);
}

function isWritten(value: unknown): value is Written {
  return isRecord(value) && areListsOf(value.onClaims, isFile) && areListsOf(value.inPods, isOwnWrite);
}

function areListsOf(value: unknown, isOne: (value: unknown) => boolean): boolean {
  return isRecord(value) && Object.values(value).every((list) => Array.isArray(list) && list.every(isOne));
}

function isOwnWrite(value: unknown): value is OwnWrite {
  if (!isRecord(value) || !isFile(value.file)) return false;
  return typeof value.podUid === 'string' && typeof value.containerId === 'string' && 'place' in value.file;
}

function isFile(value: unknown): value is WrittenFile {
  if (!isRecord(value)) return false;
  const { name, path, bytes, at, pod, container } = value;
  return (
    [name, path, pod, container].every((text) => typeof text === 'string') &&
    typeof bytes === 'number' &&
    typeof at === 'number'
  );
}
