import { StatusError } from '../../status';
import { badRequest, tooLarge } from '../errors';
import { copyJson, equalJson, isJsonObject, put, stringAt } from '../json';

/** RFC 6902. As the API server has it, indexes may count from the end (`-1`), and at most 10 000 operations are taken. */
const mostOperations = 10_000;

/** The patched copy. Throws 400 for what is no patch, 422 for one that does not fit (a failed `test` among them). */
export function jsonPatch(original: unknown, patch: unknown): unknown {
  if (!Array.isArray(patch))
    throw badRequest(
      'error decoding patch: json: cannot unmarshal object into Go value of type []handlers.jsonPatchOp',
    );
  if (patch.length > mostOperations)
    throw tooLarge(`The allowed maximum operations in a JSON patch is ${mostOperations}, got ${patch.length}`);
  const root = { document: copyJson(original) };
  for (const operation of patch as unknown[]) apply(root, operation);
  return root.document;
}

interface Root {
  document: unknown;
}

function apply(root: Root, operation: unknown): void {
  const op = stringAt(operation, 'op');
  const path = stringAt(operation, 'path');
  if (!isJsonObject(operation) || op === undefined || path === undefined) throw unfit();
  const from = stringAt(operation, 'from') ?? '';
  switch (op) {
    case 'add':
      return add(root, path, copyJson(valueOf(operation)));
    case 'remove':
      return void remove(root, path);
    case 'replace':
      return replace(root, path, copyJson(valueOf(operation)));
    case 'move':
      return add(root, path, remove(root, from));
    case 'copy':
      return add(root, path, copyJson(read(root, from)));
    case 'test':
      return test(root, path, operation.value ?? null);
    default:
      throw unfit();
  }
}

function valueOf(operation: Record<string, unknown>): unknown {
  if (!Object.hasOwn(operation, 'value')) throw unfit();
  return operation.value;
}

function test(root: Root, path: string, value: unknown): void {
  let found: unknown;
  try {
    found = read(root, path) ?? null;
  } catch (error) {
    // A member that is not there equals null.
    if (value !== null) throw error;
    found = null;
  }
  if (!equalJson(found, value)) throw unfit();
}

function read(root: Root, path: string): unknown {
  return keysOf(path).reduce<unknown>(member, root.document);
}

function member(parent: unknown, key: string): unknown {
  if (Array.isArray(parent)) return (parent as unknown[])[indexIn(parent, key, parent.length - 1)];
  if (!isJsonObject(parent) || !Object.hasOwn(parent, key)) throw unfit();
  return parent[key];
}

function add(root: Root, path: string, value: unknown): void {
  const place = parentOf(root, path);
  if (!place) return void (root.document = value);
  const { parent, key } = place;
  if (Array.isArray(parent)) parent.splice(key === '-' ? parent.length : indexIn(parent, key, parent.length), 0, value);
  else if (isJsonObject(parent)) put(parent, key, value);
  else throw unfit();
}

function replace(root: Root, path: string, value: unknown): void {
  const place = parentOf(root, path);
  if (!place) return void (root.document = value);
  member(place.parent, place.key);
  if (Array.isArray(place.parent)) place.parent[indexIn(place.parent, place.key, place.parent.length - 1)] = value;
  else if (isJsonObject(place.parent)) put(place.parent, place.key, value);
}

function remove(root: Root, path: string): unknown {
  const place = parentOf(root, path);
  if (!place) throw unfit();
  const { parent, key } = place;
  const removed = member(parent, key);
  if (Array.isArray(parent)) parent.splice(indexIn(parent, key, parent.length - 1), 1);
  else if (isJsonObject(parent)) delete parent[key];
  return removed;
}

/** Undefined for the path of the whole document. */
function parentOf(root: Root, path: string): { parent: unknown; key: string } | undefined {
  const keys = keysOf(path);
  const key = keys.pop();
  if (key === undefined) return undefined;
  return { parent: keys.reduce<unknown>(member, root.document), key };
}

function keysOf(path: string): string[] {
  if (path === '') return [];
  if (!path.startsWith('/')) throw unfit();
  return path
    .slice(1)
    .split('/')
    .map((key) => key.replace(/~1/g, '/').replace(/~0/g, '~'));
}

function indexIn(list: unknown[], key: string, last: number): number {
  if (!/^-?(?:0|[1-9]\d*)$/.test(key)) throw unfit();
  const index = Number(key) < 0 ? list.length + Number(key) : Number(key);
  if (index < 0 || index > last) throw unfit();
  return index;
}

/** Whatever does not fit is answered in the same words: upstream drops the library's own. */
export function unfit(): StatusError {
  const message = 'the server rejected our request due to an error in our request';
  return new StatusError(422, 'Invalid', message, {});
}
