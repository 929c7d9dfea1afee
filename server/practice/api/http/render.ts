import type { KubernetesObject } from '../../../../lib/kubernetes/metadata';
import { stringify as yamlText } from 'yaml';
import { encodedJson } from '../../storage/encoded';
import type { ListHead } from '../codec';
import { goPackage, notShowable } from '../errors';
import type { Kind } from '../kinds/kind';
import type { ObjectList } from '../operations/list';
import { apiVersionOf } from '../registry';
import type { Output } from './accept';

/** Rows as kubectl prints them. The columns come apart, so that a long list can be rendered in slices. */
export type RenderTable = (
  kind: Kind,
  objects: readonly KubernetesObject[],
  options: TableOptions,
) => { columnDefinitions: unknown[] | null; rows: unknown[] };

export interface TableOptions {
  now: number;
  /** What each row carries beside its cells. */
  includeObject: 'None' | 'Metadata' | 'Object';
  version: 'v1' | 'v1beta1';
  /** False from the second event of a watch on: the columns were sent with the first. */
  withColumns: boolean;
}

export interface RenderContext {
  renderTable: RenderTable;
  now: number;
  includeObject: TableOptions['includeObject'];
  withColumns?: boolean;
}

/** One object in the form that was asked for, as JSON. */
export function renderObject(kind: Kind, object: KubernetesObject, output: Output, context: RenderContext): string {
  switch (output.as) {
    case 'Object':
      return encodedJson(object);
    case 'PartialObjectMetadata':
      return JSON.stringify(partial(object, output.version));
    case 'Table':
      return renderTableOf(kind, object, output, context, object.metadata.resourceVersion);
    default:
      throw notAList(kind);
  }
}

export function notAList(kind: Kind): Error {
  return notShowable(
    `you requested PartialObjectMetadataList, but the requested object is not a list (*${goPackage(kind)}.${kind.kind})`,
  );
}

export function isAList(kind: Kind): Error {
  return notShowable(
    `you requested PartialObjectMetadata, but the requested object is a list (*${goPackage(kind)}.${kind.kind}List)`,
  );
}

function renderTableOf(
  kind: Kind,
  object: KubernetesObject,
  output: Output,
  { renderTable, now, includeObject, withColumns = true }: RenderContext,
  resourceVersion: string | undefined,
): string {
  const options = { now, includeObject, version: output.version, withColumns };
  const { columnDefinitions, rows } = renderTable(kind, [object], options);
  return JSON.stringify({ ...tableHead(output), metadata: { resourceVersion }, columnDefinitions, rows });
}

/** An empty table, as a bookmark is in a stream of tables. */
export function emptyTable(output: Output, resourceVersion: string): string {
  return JSON.stringify({ ...tableHead(output), metadata: { resourceVersion }, columnDefinitions: [], rows: [] });
}

function tableHead(output: Output) {
  return { kind: 'Table', apiVersion: `meta.k8s.io/${output.version}` };
}

export function partial(object: KubernetesObject, version: string): KubernetesObject {
  return { kind: 'PartialObjectMetadata', apiVersion: `meta.k8s.io/${version}`, metadata: object.metadata };
}

/** How many objects are rendered before other requests get their turn. */
const sliceLength = 100;

/** A list as pieces of JSON text, each short enough to be made without anyone noticing. */
export function* renderList(kind: Kind, list: ObjectList, output: Output, context: RenderContext): Generator<string> {
  const head = listHead(kind, list, output);
  if (output.as === 'Table') return yield* renderTableList(kind, list, output, context, head.metadata);
  if (output.as === 'PartialObjectMetadata') throw isAList(kind);
  const isPartial = output.as === 'PartialObjectMetadataList';
  yield `${JSON.stringify(head).slice(0, -1)},"items":[`;
  const text = isPartial ? (o: KubernetesObject) => JSON.stringify(partial(o, output.version)) : itemText(kind);
  yield* joined(list.objects, (objects) => objects.map(text));
  yield ']}';
}

/** What a list says of itself before its items. */
export function listHead(kind: Kind, list: ObjectList, output: Output): ListHead {
  const { resourceVersion, continue: more, remainingItemCount } = list;
  const metadata = {
    ...(resourceVersion ? { resourceVersion } : {}),
    ...(more !== undefined ? { continue: more } : {}),
    ...(remainingItemCount !== undefined ? { remainingItemCount } : {}),
  };
  return output.as === 'PartialObjectMetadataList'
    ? { kind: 'PartialObjectMetadataList', apiVersion: `meta.k8s.io/${output.version}`, metadata }
    : { kind: `${kind.kind}List`, apiVersion: apiVersionOf(kind), metadata };
}

function* renderTableList(
  kind: Kind,
  list: ObjectList,
  output: Output,
  { renderTable, now, includeObject }: RenderContext,
  metadata: object,
): Generator<string> {
  const options = { now, includeObject, version: output.version, withColumns: true };
  const { columnDefinitions } = renderTable(kind, [], options);
  yield `${JSON.stringify({ ...tableHead(output), metadata, columnDefinitions }).slice(0, -1)},"rows":[`;
  yield* joined(list.objects, (objects) => renderTable(kind, objects, options).rows.map((row) => JSON.stringify(row)));
  yield ']}';
}

function* joined(
  objects: readonly KubernetesObject[],
  texts: (slice: readonly KubernetesObject[]) => string[],
): Generator<string> {
  for (let at = 0; at < objects.length; at += sliceLength)
    yield (at === 0 ? '' : ',') + texts(objects.slice(at, at + sliceLength)).join(',');
}

/** Items of a typed list do not repeat kind and apiVersion. They stand first in what is stored, so cutting is enough. */
function itemText(kind: Kind): (object: KubernetesObject) => string {
  const head = JSON.stringify({ kind: kind.kind, apiVersion: apiVersionOf(kind) }).slice(0, -1) + ',';
  return (object) => {
    const text = encodedJson(object);
    if (text.startsWith(head)) return `{${text.slice(head.length)}`;
    const { kind: _kind, apiVersion: _apiVersion, ...rest } = object;
    return JSON.stringify(rest);
  };
}

/** The text in its final format: YAML, or JSON that is indented for people. */
export function formatted(json: string, { format, isPretty }: Output): string {
  if (format === 'json' && !isPretty) return `${json}\n`;
  const value: unknown = JSON.parse(json);
  return format === 'yaml' ? yamlText(value) : `${JSON.stringify(value, null, 2)}\n`;
}
