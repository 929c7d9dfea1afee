/** Protobuf bodies, as kubectl from 1.32 on sends them for what it builds itself. */
export interface ProtobufCodec {
  /**
   * Reads a body (`k8s\0`, then a runtime.Unknown) of a message type (`k8s.io.api.core.v1.Pod`) into the object JSON would
   * have been. Throws for bytes that are none.
   */
  decode(bytes: Uint8Array, message: string): object;
}
