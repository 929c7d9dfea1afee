/** Protobuf bodies, as kubectl from 1.32 on sends them for what it builds itself. */
export interface ProtobufCodec {
  /**
   * Reads a body (`k8s\0`, then a runtime.Unknown) of a message type (`k8s.io.api.core.v1.Pod`) into the object JSON would
   * have been. Throws for bytes that are none.
   */
  decode(bytes: Uint8Array, message: string): object;
  /** A body of a message type, with kind and apiVersion taken from the object. */
  encode(object: object, message: string): Uint8Array;
  /**
   * One event of `application/vnd.kubernetes.protobuf;stream=watch`: four bytes of length, then a bare WatchEvent whose
   * object is a body in its envelope.
   */
  encodeEvent(type: string, object: object, message: string): Uint8Array;
  /** Items of a list, without its beginning: a long list is made in several of these. */
  encodeItems(items: readonly object[], message: string, field: ListFields): Uint8Array;
  /** A list's body: its beginning, then the items. */
  encodeList(head: ListHead, items: readonly Uint8Array[], field: ListFields): Uint8Array;
  /** The message type of an object by its own kind and apiVersion. Throws for one that has none. */
  messageOf(object: object): string;
}

export interface ListHead {
  apiVersion: string;
  kind: string;
  metadata: object;
}

/** The numbers that a list's members have: all are alike but the v1beta1 list of metadata. */
export interface ListFields {
  metadata: number;
  items: number;
}
