import type { KubernetesObject } from '../../../../lib/kubernetes/metadata';
import type { ListFields, ProtobufCodec } from '../codec';
import type { Kind } from '../kinds/kind';
import type { ObjectList } from '../operations/list';
import type { Output } from './accept';
import { isAList, listHead, notAList, partial } from './render';
import { nextTurn, sendText, type Reply } from './respond';

/**
 * Answers in protobuf (k8s.io/apimachinery/pkg/runtime/serializer/protobuf). Tables are never sent so: a table's cells can be anything,
 * which protobuf has no type for, and upstream does not offer them either.
 */
const sliceLength = 100;
const partialMessage = 'k8s.io.apimachinery.pkg.apis.meta.v1.PartialObjectMetadata';

/** The two members changed places between the versions of this one list. */
const fieldsOf = ({ as, version }: Output): ListFields =>
  as === 'PartialObjectMetadataList' && version === 'v1beta1' ? { metadata: 2, items: 1 } : { metadata: 1, items: 2 };

/** One object in the form that was asked for. Throws 406 for the form of a list. */
export function objectBytes(codec: ProtobufCodec, kind: Kind, object: KubernetesObject, output: Output): Uint8Array {
  if (output.as === 'PartialObjectMetadataList') throw notAList(kind);
  if (output.as === 'Object') return codec.encode(object, kind.message);
  return codec.encode(partial(object, output.version), partialMessage);
}

/** One event of a watch, in the form that was asked for. */
export function eventBytes(
  codec: ProtobufCodec,
  type: string,
  kind: Kind,
  object: KubernetesObject,
  output: Output,
): Uint8Array {
  if (output.as === 'Object') return codec.encodeEvent(type, object, kind.message);
  return codec.encodeEvent(type, partial(object, output.version), partialMessage);
}

/** A list, made in slices so that a long one stops nobody. Its length stands at its beginning, so it is sent when it is whole. */
export async function sendListBytes(
  reply: Reply,
  codec: ProtobufCodec,
  kind: Kind,
  list: ObjectList,
  output: Output,
): Promise<void> {
  if (output.as === 'PartialObjectMetadata') throw isAList(kind);
  const isPartial = output.as !== 'Object';
  const field = fieldsOf(output);
  const parts: Uint8Array[] = [];
  for (let at = 0; at < list.objects.length; at += sliceLength) {
    if (at > 0) await nextTurn();
    if (reply.response.destroyed) return;
    const slice = list.objects.slice(at, at + sliceLength);
    parts.push(codec.encodeItems(slice, isPartial ? partialMessage : kind.message, field));
  }
  sendText(reply, 200, output.mediaType, codec.encodeList(listHead(kind, list, output), parts, field));
}
