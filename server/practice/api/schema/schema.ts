/**
 * What is known of each message type (`k8s.io.api.core.v1.PodSpec`): enough to read protobuf bodies, to merge lists by their
 * keys, to prune and name unknown fields, and to answer `kubectl explain`.
 */
export interface Schema {
  /** Undefined for a name that no served kind reaches. */
  message(name: string): MessageFacts | undefined;
}

export interface MessageFacts {
  name: string;
  description: string;
  /**
   * The fields as JSON has them, by name: those of inlined messages stand here beside the message's own, and
   * `apiVersion` and `kind` (number 0: not in protobuf) where the message has them.
   */
  fields: ReadonlyMap<string, FieldFacts>;
  /** The fields as protobuf has them, by number: inlined messages as one field each. */
  wire: ReadonlyMap<number, FieldFacts>;
  /**
   * How the message is written in JSON when it is not an object: Quantity and IntOrString, Time and MicroTime, Duration,
   * RawExtension and FieldsV1.
   */
  special?: 'quantity' | 'intOrString' | 'time' | 'microTime' | 'duration' | 'raw' | 'verbs';
}

export interface FieldFacts {
  /** The JSON name. */
  name: string;
  /** The protobuf number. */
  number: number;
  type: ScalarType | 'message';
  /** The message's name, when `type` is `message`. */
  message?: string;
  /** A list, or a map from strings. */
  container?: 'list' | 'map';
  required: boolean;
  /** Empty where the client library has none: it drops that of fields whose type is a message. */
  description: string;
  format?: string;
  /** Server-side apply: how a list is owned. Lists without one are atomic. */
  listType?: 'atomic' | 'set' | 'map';
  listMapKeys?: string[];
  /** Server-side apply: this struct or map is owned as one. */
  atomic?: boolean;
  /** Strategic merge patch. */
  patchMergeKey?: string;
  patchStrategy?: ('merge' | 'replace' | 'retainKeys')[];
  /** The field is part of the message itself in JSON (Go's inline embedding, as in EnvFromSource's references). */
  inline?: boolean;
  default?: unknown;
  /** All that it can be, sorted. Of a list, what its items can be. */
  enum?: string[];
  /**
   * How Go treats an absent value, which decides what a protobuf body means: a pointer keeps an explicit zero and is
   * absent otherwise; anything else is always there, and written in JSON unless `omitEmpty` (or, for times, `omitZero`).
   */
  pointer?: boolean;
  omitEmpty?: boolean;
  omitZero?: boolean;
}

export type ScalarType = 'string' | 'int32' | 'int64' | 'bool' | 'bytes' | 'double';
