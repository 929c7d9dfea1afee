import { createHash } from 'node:crypto';
import type { Document, Documents } from '../discovery/discovery';
import type { JsonObject } from '../json';
import type { Kind } from '../kinds/kind';
import type { Schema } from '../schema/schema';
import { askedKinds, pathsOf, type Documented } from './paths';
import { componentsFor, type GroupVersionKind } from './schemas';

/**
 * `/openapi/v3`: an index, and one document for each group and version, in JSON. `kubectl explain` shows the schemas, apply
 * reads its merge keys in them, and create asks whether the server checks fields itself. `/openapi/v2` is in `v2.ts`.
 *
 * Documents are built when first asked for and kept.
 */
export function createOpenApi(kinds: readonly Kind[], schema: Schema, serverVersion = 'v1.36.3'): Documents {
  const groups = new Map<string, Documented[]>();
  for (const kind of [...kinds, ...askedKinds]) {
    const path = kind.group === '' ? `api/${kind.version}` : `apis/${kind.group}/${kind.version}`;
    groups.set(path, [...(groups.get(path) ?? []), kind]);
  }
  const built = new Map<string, Document>();
  const documentAt = (path: string): Document | undefined => {
    const known = built.get(path);
    const members = groups.get(path);
    if (known || !members) return known;
    const made = asDocument(groupDocument(members, schema, serverVersion));
    built.set(path, made);
    return made;
  };
  return (path) => {
    if (path === '/openapi/v3' || path === '/openapi/v3/') return asDocument(indexOf([...groups.keys()], documentAt));
    return path.startsWith('/openapi/v3/') ? documentAt(path.slice('/openapi/v3/'.length)) : undefined;
  };
}

function indexOf(paths: string[], documentAt: (path: string) => Document | undefined): JsonObject {
  const entries = paths.sort().map((path) => {
    const hash = documentAt(path)?.etag?.replaceAll('"', '') ?? '';
    return [path, { serverRelativeURL: `/openapi/v3/${path}?hash=${hash}` }];
  });
  return { paths: Object.fromEntries(entries) };
}

const meta = 'k8s.io.apimachinery.pkg.apis.meta.v1';

function groupDocument(kinds: Documented[], schema: Schema, version: string): JsonObject {
  const roots = new Map<string, GroupVersionKind[]>();
  for (const { group, version: own, kind, message } of kinds) {
    roots.set(message, [{ group, version: own, kind }]);
    roots.set(`${message}List`, [{ group, version: own, kind: `${kind}List` }]);
  }
  if (kinds.some((kind) => kind.subresources?.scale)) {
    roots.set('k8s.io.api.autoscaling.v1.Scale', [{ group: 'autoscaling', version: 'v1', kind: 'Scale' }]);
  }
  const own = kinds[0] ?? { group: '', version: 'v1' };
  roots.set(`${meta}.DeleteOptions`, [{ group: own.group, version: own.version, kind: 'DeleteOptions' }]);
  roots.set(`${meta}.Status`, [{ group: '', version: 'v1', kind: 'Status' }]);
  roots.set(`${meta}.Patch`, []);
  const paths = kinds.flatMap((kind) => Object.entries(pathsOf(kind)));
  return {
    openapi: '3.0.0',
    info: { title: 'Kubernetes', version },
    paths: Object.fromEntries(paths.sort(([a], [b]) => (a < b ? -1 : 1))),
    components: {
      schemas: componentsFor(schema, roots),
      securitySchemes: {
        BearerToken: {
          type: 'apiKey',
          description: 'Bearer Token authentication',
          name: 'authorization',
          in: 'header',
        },
      },
    },
  };
}

function asDocument(value: JsonObject): Document {
  const body = JSON.stringify(value);
  const hash = createHash('sha512').update(body).digest('hex').toUpperCase();
  return { status: 200, contentType: 'application/json', body, etag: `"${hash}"` };
}
