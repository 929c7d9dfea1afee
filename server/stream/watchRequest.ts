import type { Position, WatchRequest } from '../../lib/stream/protocol';
import { isRecord } from '../kubernetes/json';

/** What a page sent, if it is a request to watch; undefined for anything else. */
export function parseWatchRequest(value: unknown): WatchRequest | undefined {
  if (!isRecord(value)) return undefined;
  const namespace = parseNamespace(value['namespace']);
  if (namespace === undefined) return undefined;
  const have = parseHave(value['have']);
  return have ? { namespace, have } : { namespace };
}

/** A DNS label, as Kubernetes has it for namespaces. */
export function parseNamespace(value: unknown): string | undefined {
  return typeof value === 'string' && /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(value) ? value : undefined;
}

function parseHave(value: unknown): Position | undefined {
  if (!isRecord(value)) return undefined;
  const { epoch, version } = value;
  if (typeof epoch !== 'string' || typeof version !== 'number' || !Number.isSafeInteger(version)) return undefined;
  return { epoch, version };
}
