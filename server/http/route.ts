import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ContextsAnswer, NamespacesAnswer } from '../../lib/actions/contracts';
import type { Moment } from '../../lib/history/change';
import type { Stretch } from '../../lib/history/stretch';
import type { Position } from '../../lib/stream/protocol';
import type { KubernetesClient } from '../kubernetes/client';
import type { ObjectPaths } from '../kubernetes/objectPaths';
import type { Intent } from '../policy/policy';
import type { WriteTold } from '../watch/cache';

/** What the routes work with. */
export interface Deps {
  client: KubernetesClient;
  paths: ObjectPaths;
  boards: {
    now(namespace: string): Moment;
    moment(namespace: string, position: Position): Promise<Moment | undefined>;
    history(namespace: string): Promise<readonly Stretch[]>;
    /** Resolves once the board rests on a whole list of every kind, or after a while without. */
    ready(namespace: string): Promise<void>;
  };
  /** Milliseconds since the epoch. */
  now(): number;
  /** A file has been written: the board shows by whom, and what becomes of it. */
  wrote(namespace: string, write: WriteTold): void;
  contexts(): Promise<ContextsAnswer>;
  namespaces(): NamespacesAnswer;
}

export interface Exchange {
  deps: Deps;
  request: IncomingMessage;
  response: ServerResponse;
  query: URLSearchParams;
  /** The named parts of the path, decoded. */
  params: Record<string, string>;
}

export interface Route {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** `/api/namespaces/:namespace/pods/:pod` */
  path: string;
  intent: Intent;
  handle(exchange: Exchange): Promise<void> | void;
}

export function param(exchange: Exchange, name: string): string {
  return exchange.params[name] ?? '';
}

/** The named parts of `path` if it has this shape; undefined otherwise, also where an escape cannot be read. */
export function matchPath(shape: string, path: string): Record<string, string> | undefined {
  const wanted = shape.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const text = given[index] ?? '';
    if (!part.startsWith(':')) {
      if (part !== text) return undefined;
    } else {
      const decoded = decode(text);
      if (decoded === undefined || decoded === '') return undefined;
      params[part.slice(1)] = decoded;
    }
  }
  return params;
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
