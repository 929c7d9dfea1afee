import type { IncomingMessage } from 'node:http';
import type { ProtobufCodec } from '../codec';
import { jsonType, protobufType, yamlType } from '../decode/body';
import { notAcceptable } from '../errors';

/** How an answer is wanted (k8s.io/apiserver/pkg/endpoints/handlers/negotiation). */
export interface Output {
  as: 'Object' | 'Table' | 'PartialObjectMetadata' | 'PartialObjectMetadataList';
  /** Of meta.k8s.io, for everything but plain objects. */
  version: 'v1' | 'v1beta1';
  format: 'json' | 'yaml' | 'protobuf';
  /** What writes protobuf, where that is the format. */
  codec?: ProtobufCodec;
  /** For the Content-Type header. */
  mediaType: string;
  isPretty: boolean;
}

export interface Served {
  isStream?: boolean;
  /** Without it protobuf is not offered. */
  codec?: ProtobufCodec | undefined;
  /** False where the resource has no columns: a table of it is not offered. */
  hasTables?: boolean;
}

export const plain: Output = { as: 'Object', version: 'v1', format: 'json', mediaType: jsonType, isPretty: false };

interface Range {
  type: string;
  parameters: Map<string, string>;
}

/** The first range of the Accept header that can be served, those with a greater `q` before the others. Throws 406. */
export function negotiate(accept: string | undefined, served: Served = {}): Output {
  if (!accept) return plain;
  const { isStream = false } = served;
  const ranges = accept.split(',').map(parseRange);
  for (const range of ranges.sort((a, b) => quality(b) - quality(a))) {
    const format = formatOf(range.type);
    if (!format || (isStream && format === 'yaml')) continue;
    const stream = range.parameters.get('stream');
    if (stream !== undefined && stream !== '' && (!isStream || stream !== 'watch')) continue;
    const output = transformOf(range, format, served);
    if (output) return output;
  }
  const streams = isStream ? [`${jsonType};stream=watch`, `${protobufType};stream=watch`] : [];
  throw notAcceptable([jsonType, yamlType, protobufType, ...streams]);
}

/** An error is sent even to a client that accepts nothing we have: it learns why. */
export function outputForError({ url = '', headers }: IncomingMessage, served: Served): Output {
  const isPretty = isPrettyWanted(new URLSearchParams(url.split('?')[1]), headers['user-agent']);
  try {
    return { ...negotiate(headers.accept, served), isPretty };
  } catch {
    return { ...plain, isPretty };
  }
}

function quality({ parameters }: Range): number {
  const q = Number(parameters.get('q') ?? 1);
  return Number.isNaN(q) ? 1 : q;
}

function formatOf(type: string): Output['format'] | undefined {
  if (type === jsonType || type === '*/*' || type === 'application/*') return 'json';
  if (type === protobufType) return 'protobuf';
  return type === yamlType || type === 'application/x-yaml' || type === 'text/yaml' ? 'yaml' : undefined;
}

const mediaTypes = { json: jsonType, yaml: yamlType, protobuf: protobufType };

/** The type of an answer that is neither a stream nor in another form. */
export function plainType({ format }: Output): string {
  return mediaTypes[format];
}

function transformOf(
  { parameters }: Range,
  format: Output['format'],
  { isStream, codec, hasTables = true }: Served,
): Output | undefined {
  const isProtobuf = format === 'protobuf';
  if (isProtobuf && !codec) return undefined;
  const as = parameters.get('as');
  const mediaType = isProtobuf && isStream ? `${protobufType};stream=watch` : mediaTypes[format];
  const output = { ...plain, format, mediaType, ...(isProtobuf && codec ? { codec } : {}) };
  if (as === undefined) return output;
  const version = parameters.get('v');
  if (parameters.get('g') !== 'meta.k8s.io' || (version !== 'v1' && version !== 'v1beta1')) return undefined;
  if (as !== 'Table' && as !== 'PartialObjectMetadata' && as !== 'PartialObjectMetadataList') return undefined;
  // A table's cells can be anything, for which protobuf has no type (AllowsMediaTypeTransform).
  if (as === 'Table' && (isProtobuf || !hasTables)) return undefined;
  return { ...output, as, version };
}

function parseRange(text: string): Range {
  const [type = '', ...rest] = text.split(';').map((part) => part.trim());
  const parameters = new Map<string, string>();
  for (const parameter of rest) {
    const at = parameter.indexOf('=');
    if (at > 0) parameters.set(parameter.slice(0, at).trim(), parameter.slice(at + 1).trim());
  }
  return { type: type.toLowerCase(), parameters };
}

/** The answer of a request for a person: indented for browsers and command lines that show it as it is. */
export function isPrettyWanted(query: URLSearchParams, userAgent = ''): boolean {
  const asked = query.get('pretty');
  if (asked !== null) return asked !== 'false' && asked !== '0';
  return /^(?:curl|Wget|Mozilla\/5\.0)/.test(userAgent);
}
