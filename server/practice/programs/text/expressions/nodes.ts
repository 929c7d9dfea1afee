/** A set of bytes: 1 at the index of each that is in it. */
export type ByteSet = Uint8Array;

export type Assertion =
  | 'lineStart'
  | 'lineEnd'
  | 'textStart'
  | 'textEnd'
  | 'wordStart'
  | 'wordEnd'
  | 'wordEdge'
  | 'noWordEdge'
  | 'noWordBefore'
  | 'noWordAfter';

export type Node =
  | { type: 'set'; set: ByteSet }
  | { type: 'assertion'; assertion: Assertion }
  | { type: 'group'; index: number; body: Node }
  | { type: 'backReference'; index: number }
  | { type: 'sequence'; items: Node[] }
  | { type: 'choice'; options: Node[] }
  | { type: 'repeat'; body: Node; least: number; most: number };

export interface ExpressionTree {
  root: Node;
  groups: number;
}
