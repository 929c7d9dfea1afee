import { addAll, anyByte, emptySet } from './byteSets';
import type { ByteSet, Node } from './nodes';

/** The bytes a match can begin with; undefined when it can be empty. A search skips all other places. */
export function firstBytes(root: Node): ByteSet | undefined {
  const { set, mayBeEmpty } = start(root);
  return mayBeEmpty ? undefined : set;
}

function start(node: Node): { set: ByteSet; mayBeEmpty: boolean } {
  switch (node.type) {
    case 'set':
      return { set: node.set, mayBeEmpty: false };
    case 'assertion':
      return { set: emptySet(), mayBeEmpty: true };
    case 'backReference':
      return { set: anyByte(), mayBeEmpty: true };
    case 'group':
      return start(node.body);
    case 'repeat': {
      const { set, mayBeEmpty } = start(node.body);
      return { set, mayBeEmpty: mayBeEmpty || node.least === 0 };
    }
    case 'choice': {
      const starts = node.options.map(start);
      return { set: union(starts), mayBeEmpty: starts.some((option) => option.mayBeEmpty) };
    }
    case 'sequence': {
      const starts = node.items.map(start);
      const end = starts.findIndex((item) => !item.mayBeEmpty);
      return { set: union(end < 0 ? starts : starts.slice(0, end + 1)), mayBeEmpty: end < 0 };
    }
  }
}

function union(starts: readonly { set: ByteSet }[]): ByteSet {
  const set = emptySet();
  for (const one of starts) addAll(set, one.set);
  return set;
}
