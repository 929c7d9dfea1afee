import type { LabError } from '../errors';
import type { Cascade, UpdateStrategy } from './contracts';

/** A request that cannot be meant as it stands. The message says what would be right. */
export class InvalidRequest extends Error implements LabError {
  readonly kind = 'invalid';

  constructor(message: string) {
    super(message);
    this.name = 'InvalidRequest';
  }
}

/** A DNS label, as namespaces must be. */
export function parseNamespace(text: string): string {
  if (/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(text)) return text;
  throw new InvalidRequest(`"${text}" cannot be a namespace: lower-case letters, digits and "-", at most 63 of them.`);
}

/** A DNS subdomain, as most objects' names must be. */
export function parseName(text: string): string {
  if (text.length <= 253 && /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/.test(text)) return text;
  throw new InvalidRequest(`"${text}" cannot be a name: lower-case letters, digits, "-" and ".", at most 253 of them.`);
}

/** More is no lab, and a slip of the hand (`100` for `10`) would take a class's cluster down. */
export const mostReplicas = 100;

export function parseScale(body: unknown): number {
  const replicas = fieldOf(body, 'replicas');
  if (isCount(replicas, mostReplicas)) return replicas;
  throw new InvalidRequest(`"replicas" must be a whole number from 0 to ${mostReplicas}.`);
}

/**
 * An image as a template takes it. Whether it can be pulled is for the kubelet to find out; what no reference holds, and what
 * `kubectl set image` would read as something else, is refused.
 */
export function parseImage(body: unknown): { container: string; image: string } {
  const image = fieldOf(body, 'image');
  if (typeof image !== 'string' || !/^[^\s=]{1,1024}$/.test(image))
    throw new InvalidRequest('"image" must be the name of an image, without spaces and "=".');
  const container = fieldOf(body, 'container');
  if (typeof container !== 'string') throw new InvalidRequest('"container" is missing: the name of a container.');
  return { container: parseName(container), image };
}

export function parseStrategy(body: unknown): UpdateStrategy {
  const type = fieldOf(body, 'type');
  if (type === 'OnDelete') return { type };
  if (type !== 'RollingUpdate') throw new InvalidRequest('"type" must be RollingUpdate or OnDelete.');
  const partition = fieldOf(body, 'partition') ?? 0;
  if (isCount(partition, 100_000)) return { type, partition };
  throw new InvalidRequest('"partition" must be a whole number, 0 or more.');
}

export function parseRevision(body: unknown): number {
  const revision = fieldOf(body, 'revision');
  if (isCount(revision, Number.MAX_SAFE_INTEGER) && revision > 0) return revision;
  throw new InvalidRequest('"revision" must be the number of a revision, 1 or more.');
}

function fieldOf(body: unknown, name: string): unknown {
  return typeof body === 'object' && body !== null ? Reflect.get(body, name) : undefined;
}

function isCount(value: unknown, most: number): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= most;
}

export function parseCascade(text: string | null): Cascade {
  if (text === null || text === 'background') return 'background';
  if (text === 'orphan') return 'orphan';
  throw new InvalidRequest(`"cascade" must be background or orphan, not "${text}".`);
}

/**
 * A path in a container. It is passed on as data and may hold anything a Linux file name can, but not what cannot be one
 * (NUL), and no `..`: with it, where a path lies could not be told from the mounts.
 */
export function parsePath(text: string | null): string {
  if (text === null || text === '') throw new InvalidRequest('"path" is missing: the absolute path of a file.');
  if (!text.startsWith('/')) throw new InvalidRequest(`The path must be absolute, beginning with "/": "${text}".`);
  if (text.includes('\0')) throw new InvalidRequest('A path cannot hold a NUL character.');
  if (new TextDecoder().decode(new TextEncoder().encode(text)) !== text)
    throw new InvalidRequest('The path is no valid Unicode text.');
  if (text.split('/').includes('..'))
    throw new InvalidRequest('The path must not hold "..": write where the file really is.');
  if (text.endsWith('/')) throw new InvalidRequest('The path ends with "/": that is a folder, not a file.');
  if (new TextEncoder().encode(text).length > 4095) throw new InvalidRequest('The path is longer than 4095 bytes.');
  return text;
}

export function parseContainer(text: string | null): string | undefined {
  return text === null || text === '' ? undefined : parseName(text);
}
