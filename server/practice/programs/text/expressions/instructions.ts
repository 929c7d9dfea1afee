import { ExpressionError } from './expressionError';
import type { Assertion, ByteSet, ExpressionTree, Node } from './nodes';

/** What the search runs: each goes on with the next one unless it says where to. */
export type Instruction =
  | { type: 'set'; set: ByteSet }
  /** Tries `first`, then `second`. */
  | { type: 'split'; first: number; second: number }
  | { type: 'jump'; to: number }
  | { type: 'save'; slot: number }
  | { type: 'assert'; assertion: Assertion }
  | { type: 'backReference'; index: number }
  /** A round of a loop that took nothing leaves it: there would be no end. */
  | { type: 'progress'; slot: number; out: number }
  | { type: 'match' };

export interface Instructions {
  list: readonly Instruction[];
  /** Where groups begin and end, and loops began their round. */
  slots: number;
}

/** `(a{1000}){1000}` would fill the memory of the whole practice cluster. */
const mostInstructions = 50_000;

export function instructionsOf({ root, groups }: ExpressionTree): Instructions {
  const writer = new InstructionWriter(groups * 2 + 2);
  writer.write(root);
  writer.add({ type: 'match' });
  return writer;
}

class InstructionWriter {
  readonly list: Instruction[] = [];

  constructor(public slots: number) {}

  add<T extends Instruction>(instruction: T): T {
    if (this.list.length >= mostInstructions) throw new ExpressionError('size');
    this.list.push(instruction);
    return instruction;
  }

  write(node: Node): void {
    switch (node.type) {
      case 'set':
        this.add({ type: 'set', set: node.set });
        return;
      case 'assertion':
        this.add({ type: 'assert', assertion: node.assertion });
        return;
      case 'backReference':
        this.add({ type: 'backReference', index: node.index });
        return;
      case 'group':
        this.add({ type: 'save', slot: node.index * 2 });
        this.write(node.body);
        this.add({ type: 'save', slot: node.index * 2 + 1 });
        return;
      case 'sequence':
        for (const item of node.items) this.write(item);
        return;
      case 'choice':
        return this.choice(node.options);
      case 'repeat':
        return this.repeat(node.body, node.least, node.most);
    }
  }

  private choice(options: Node[]): void {
    const jumps = options.slice(0, -1).map((option) => {
      const split = this.split();
      this.write(option);
      const jump = this.add({ type: 'jump', to: 0 });
      split.second = this.list.length;
      return jump;
    });
    const last = options.at(-1);
    if (last) this.write(last);
    for (const jump of jumps) jump.to = this.list.length;
  }

  private repeat(body: Node, least: number, most: number): void {
    for (let count = 0; count < least; count++) this.write(body);
    if (most === Infinity) return this.loop(body);
    const splits = [];
    for (let count = least; count < most; count++) {
      splits.push(this.split());
      this.write(body);
    }
    for (const split of splits) split.second = this.list.length;
  }

  private loop(body: Node): void {
    const start = this.list.length;
    const split = this.split();
    if (body.type === 'set') this.write(body);
    else {
      const slot = this.slots++;
      this.add({ type: 'save', slot });
      this.write(body);
      this.add({ type: 'progress', slot, out: this.list.length + 2 });
    }
    this.add({ type: 'jump', to: start });
    split.second = this.list.length;
  }

  private split() {
    return this.add({ type: 'split', first: this.list.length + 1, second: 0 });
  }
}
