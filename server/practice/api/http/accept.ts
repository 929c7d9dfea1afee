import { hasReason } from '../../status';
import { jsonType, protobufType, yamlType } from '../decode/body';
import { notAcceptable } from '../errors';

/** How an answer is wanted (k8s.io/apiserver/pkg/endpoints/handlers/negotiation). */
export interface Output {
  as: 'Object' | 'Table' | 'PartialObjectMetadata' | 'PartialObjectMetadataList';
  /** Of meta.k8s.io, for everything but plain objects. */
  version: 'v1' | 'v1beta1';
  format: 'json' | 'yaml';
  /** For the Content-Type header. */
  mediaType: string;
  isPretty: boolean;
}

const plain: Output = { as: 'Object', version: 'v1', format: 'json', mediaType: jsonType, isPretty: false };

interface Range {
  type: string;
  parameters: Map<string, string>;
}

/** The first range of the Accept header that can be served. Throws 406. */
export function negotiate(accept: string | undefined, isStream = false): Output {
  if (!accept) return plain;
  for (const range of accept.split(',').map(parseRange)) {
    const format = formatOf(range.type);
    if (!format || (isStream && format === 'yaml')) continue;
    const stream = range.parameters.get('stream');
    if (stream !== undefined && stream !== '' && (!isStream || stream !== 'watch')) continue;
    const output = transformOf(range, format);
    if (output) return output;
  }
  const streams = isStream ? [`${jsonType};stream=watch`, `${protobufType};stream=watch`] : [];
  throw notAcceptable([jsonType, yamlType, protobufType, ...streams]);
}

function formatOf(type: string): Output['format'] | undefined {
  if (type === jsonType || type === '*/*' || type === 'application/*') return 'json';
  return type === yamlType || type === 'application/x-yaml' || type === 'text/yaml' ? 'yaml' : undefined;
}

function transformOf({ parameters }: Range, format: Output['format']): Output | undefined {
  const as = parameters.get('as');
  const mediaType = format === 'json' ? jsonType : yamlType;
  if (as === undefined) return { ...plain, format, mediaType };
  const version = parameters.get('v');
  if (parameters.get('g') !== 'meta.k8s.io' || (version !== 'v1' && version !== 'v1beta1')) return undefined;
  if (as !== 'Table' && as !== 'PartialObjectMetadata' && as !== 'PartialObjectMetadataList') return undefined;
  return { as, version, format, mediaType, isPretty: false };
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

export function isNotAcceptable(error: unknown): boolean {
  return hasReason(error, 'NotAcceptable');
}
