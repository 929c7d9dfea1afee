import type { JsonObject } from '../json';
import { extraResources } from '../discovery/extras';
import { everyVerb, type Kind } from '../kinds/kind';
import { reference } from './schemas';

/** What a document needs to know of a kind. */
export type Documented = Pick<
  Kind,
  'group' | 'version' | 'kind' | 'plural' | 'namespaced' | 'message' | 'verbs' | 'subresources'
>;

/** The kinds that are only asked and never kept, of the groups that these kinds are in or of groups of their own. */
export const askedKinds: readonly Documented[] = extraResources
  .filter(({ singular }) => singular !== '')
  .map(({ group, version, kind, name, namespaced }) => ({
    ...{ group, version, kind, namespaced, plural: name, verbs: ['create'] },
    message: `k8s.io.api.${group === '' ? 'core' : group.split('.')[0]}.${version}.${kind}`,
  }));

/** The paths of one kind, with what a client looks for in them: parameters, bodies, and which kind an action is for. */
export function pathsOf(kind: Documented): Record<string, JsonObject> {
  const root = kind.group === '' ? `/api/${kind.version}` : `/apis/${kind.group}/${kind.version}`;
  const base = kind.namespaced ? `${root}/namespaces/{namespace}/${kind.plural}` : `${root}/${kind.plural}`;
  const build = new PathBuilder(kind);
  const paths: Record<string, JsonObject> = {
    [base]: build.collection(),
  };
  if (askedKinds.includes(kind)) return paths;
  paths[`${base}/{name}`] = build.item('');
  if (kind.namespaced) paths[`${root}/${kind.plural}`] = build.everywhere();
  if (kind.subresources?.status) paths[`${base}/{name}/status`] = build.item('Status');
  if (kind.subresources?.scale) paths[`${base}/{name}/scale`] = build.item('Scale');
  return paths;
}

const scaleMessage = 'k8s.io.api.autoscaling.v1.Scale';
const jsonTypes = ['application/json', 'application/yaml', 'application/vnd.kubernetes.protobuf'];
const patchTypes = [
  'application/apply-patch+yaml',
  'application/json-patch+json',
  'application/merge-patch+json',
  'application/strategic-merge-patch+json',
];

class PathBuilder {
  private readonly pathParameters: JsonObject[];

  constructor(private readonly kind: Documented) {
    this.pathParameters = kind.namespaced
      ? [inPath('namespace', 'object name and auth scope, such as for teams and projects')]
      : [];
  }

  collection(): JsonObject {
    return {
      ...this.when('list', 'get', () => this.operation('list', this.listMessage(), listParameters)),
      ...this.when('create', 'post', () => this.write('post', this.kind.message, writeParameters)),
      ...this.when('deletecollection', 'delete', () => this.operation('deletecollection', status, deleteParameters)),
      parameters: [...this.pathParameters, pretty],
    };
  }

  everywhere(): JsonObject {
    return {
      ...this.when('list', 'get', () => this.operation('list', this.listMessage(), listParameters, 'ForAllNamespaces')),
      parameters: [pretty],
    };
  }

  /** The object, or one of its subresources. */
  item(suffix: '' | 'Status' | 'Scale'): JsonObject {
    const message = suffix === 'Scale' ? scaleMessage : this.kind.message;
    return {
      get: this.operation('get', message, [], suffix),
      put: this.write('put', message, writeParameters, suffix),
      patch: this.write('patch', message, [...writeParameters, force], suffix),
      ...(suffix === '' ? this.when('delete', 'delete', () => this.operation('delete', status, deleteParameters)) : {}),
      parameters: [
        inPath('name', `name of the ${suffix === 'Scale' ? 'Scale' : this.kind.kind}`),
        ...this.pathParameters,
        pretty,
      ],
    };
  }

  private when(verb: (typeof everyVerb)[number], method: string, make: () => JsonObject): JsonObject {
    return (this.kind.verbs ?? everyVerb).includes(verb) ? { [method]: make() } : {};
  }

  private listMessage(): string {
    return `${this.kind.message}List`;
  }

  private operation(action: string, answer: string, parameters: JsonObject[], suffix = ''): JsonObject {
    const { group, version, kind, namespaced } = this.kind;
    const isScale = suffix === 'Scale';
    const place = namespaced && suffix !== 'ForAllNamespaces' ? 'Namespaced' : '';
    const tag = `${camel(group === '' ? 'core' : (group.split('.')[0] ?? ''))}_${version}`;
    return {
      tags: [tag],
      description: `${action} ${isScale ? `scale of ${kind}` : kind}`,
      operationId: `${action}${capital(camel(tag))}${place}${kind}${suffix}`,
      ...(parameters.length > 0 ? { parameters } : {}),
      responses: {
        '200': { description: 'OK', content: contentOf(answer, jsonTypes) },
        '401': { description: 'Unauthorized' },
      },
      'x-kubernetes-action': action,
      'x-kubernetes-group-version-kind': isScale
        ? { group: 'autoscaling', version: 'v1', kind: 'Scale' }
        : { group, version, kind },
    };
  }

  private write(action: 'post' | 'put' | 'patch', message: string, parameters: JsonObject[], suffix = ''): JsonObject {
    const body =
      action === 'patch'
        ? contentOf('k8s.io.apimachinery.pkg.apis.meta.v1.Patch', patchTypes)
        : contentOf(message, ['*/*']);
    return { ...this.operation(action, message, parameters, suffix), requestBody: { content: body, required: true } };
  }
}

const status = 'k8s.io.apimachinery.pkg.apis.meta.v1.Status';

function contentOf(message: string, types: string[]): JsonObject {
  return Object.fromEntries(types.map((type) => [type, { schema: reference(message) }]));
}

function inQuery(name: string, type: 'string' | 'boolean' | 'integer', description: string): JsonObject {
  return { name, in: 'query', description, schema: { type, uniqueItems: true } };
}

function inPath(name: string, description: string): JsonObject {
  return { name, in: 'path', description, required: true, schema: { type: 'string', uniqueItems: true } };
}

const pretty = inQuery('pretty', 'string', 'Whether the answer is indented.');
const dryRun = inQuery('dryRun', 'string', 'All: everything is done but the write.');
const fieldManager = inQuery('fieldManager', 'string', 'The name that managedFields note as the writer.');
const fieldValidation = inQuery(
  'fieldValidation',
  'string',
  'What happens to unknown and duplicate fields: Ignore, Warn (the default) or Strict.',
);
const force = inQuery('force', 'boolean', 'Apply only: take over fields that others own.');
const writeParameters = [dryRun, fieldManager, fieldValidation];
const deleteParameters = [
  dryRun,
  inQuery('gracePeriodSeconds', 'integer', 'Seconds to grant before the object is deleted; 0 for at once.'),
  inQuery('orphanDependents', 'boolean', 'Deprecated: use propagationPolicy.'),
  inQuery('propagationPolicy', 'string', 'What happens to dependents: Orphan, Background or Foreground.'),
];
const listParameters = [
  inQuery('allowWatchBookmarks', 'boolean', 'Watches: ask for BOOKMARK events.'),
  inQuery('continue', 'string', 'The token of the page before.'),
  inQuery('fieldSelector', 'string', 'Only objects whose fields match.'),
  inQuery('labelSelector', 'string', 'Only objects whose labels match.'),
  inQuery('limit', 'integer', 'The most objects to return in one page.'),
  inQuery('resourceVersion', 'string', 'Which version of the data may be served, or where a watch begins.'),
  inQuery('resourceVersionMatch', 'string', 'How resourceVersion is meant: NotOlderThan or Exact.'),
  inQuery('sendInitialEvents', 'boolean', 'Watches: begin with the present state.'),
  inQuery('timeoutSeconds', 'integer', 'When the server ends the request.'),
  inQuery('watch', 'boolean', 'Stream changes instead of listing.'),
];

function camel(text: string): string {
  return text.replace(/[._-](\w)/g, (_, letter: string) => letter.toUpperCase());
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
