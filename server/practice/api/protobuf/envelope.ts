import { Reader, Writer } from './wire';

/** A protobuf body: these four bytes, then a runtime.Unknown that says what it holds. */
const magic = Buffer.from('k8s\0', 'latin1');

export interface Envelope {
  apiVersion: string;
  kind: string;
  raw: Uint8Array;
  /** Empty for protobuf; a media type where the payload is something else. */
  contentType: string;
}

export function isEnveloped(bytes: Uint8Array): boolean {
  return bytes.length >= magic.length && magic.equals(bytes.subarray(0, magic.length));
}

export function openEnvelope(bytes: Uint8Array): Envelope {
  if (!isEnveloped(bytes)) {
    throw new TypeError('provided data does not appear to be a protobuf message, expected prefix "k8s\\x00"');
  }
  const reader = new Reader(bytes.subarray(magic.length));
  const found: Envelope = { apiVersion: '', kind: '', raw: new Uint8Array(), contentType: '' };
  while (!reader.isAtEnd) {
    const { number, wireType } = reader.tag();
    if (number === 1) Object.assign(found, readTypeMeta(reader.chunk()));
    else if (number === 2) found.raw = reader.chunk();
    else if (number === 4) found.contentType = text(reader.chunk());
    else reader.skip(wireType);
  }
  return found;
}

export function seal(apiVersion: string, kind: string, raw: Uint8Array): Uint8Array {
  const typeMeta = new Writer();
  typeMeta.text(1, apiVersion);
  typeMeta.text(2, kind);
  const unknown = new Writer();
  unknown.chunk(1, typeMeta.finish());
  unknown.chunk(2, raw);
  unknown.text(3, '');
  unknown.text(4, '');
  return Buffer.concat([magic, unknown.finish()]);
}

/**
 * The message that an apiVersion and kind name: `apps/v1 StatefulSet` is k8s.io.api.apps.v1.StatefulSet. What is no kind of
 * its group (Status, DeleteOptions …) is one of meta/v1.
 */
export function messageNames(apiVersion: string, kind: string): string[] {
  const [group = '', version] = apiVersion.includes('/') ? apiVersion.split('/') : ['core', apiVersion];
  const short = group.split('.')[0] ?? '';
  return [`k8s.io.api.${short}.${version}.${kind}`, `k8s.io.apimachinery.pkg.apis.meta.v1.${kind}`];
}

function readTypeMeta(bytes: Uint8Array): { apiVersion?: string; kind?: string } {
  const reader = new Reader(bytes);
  const found: { apiVersion?: string; kind?: string } = {};
  while (!reader.isAtEnd) {
    const { number, wireType } = reader.tag();
    if (number === 1) found.apiVersion = text(reader.chunk());
    else if (number === 2) found.kind = text(reader.chunk());
    else reader.skip(wireType);
  }
  return found;
}

export function text(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8');
}
