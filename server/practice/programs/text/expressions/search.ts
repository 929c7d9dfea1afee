import { holds } from './assertions';
import type { Instruction, Instructions } from './instructions';

/** With back references a search may take for ever: then it says that nothing matches. */
const mostSteps = 1_000_000;
const mostSeenBytes = 2 ** 26;

/**
 * Runs instructions over a text: leftmost, and of what begins there the longest. Each pair of instruction and place is
 * tried once, so no expression takes longer than the length of the text times its own. What leads to a pair is the
 * first way that was found, so the groups may differ from POSIX's where several ways lead to the same end. With back
 * references a pair may lead elsewhere the second time, so all ways are tried.
 */
export class Search {
  private readonly list: readonly Instruction[];
  private readonly slots: number;
  private text = '';
  private origin = 0;
  private furthest = -1;
  private seen = new Uint8Array(0);
  private steps = 0;
  private spans: number[] = [];
  private best: number[] | undefined;
  private readonly triesAll: boolean;

  constructor(
    { list, slots }: Instructions,
    private readonly options: { byLine?: boolean; ignoreCase?: boolean },
    /** The bytes a match can begin with; undefined when it may be empty. */
    private readonly first: Uint8Array | undefined,
  ) {
    this.list = list;
    this.slots = slots;
    this.triesAll = list.some((instruction) => instruction.type === 'backReference');
  }

  /** Where the match and each of its groups begin and end, -1 for one that had no part. */
  find(text: string, from: number): number[] | undefined {
    this.seen.fill(0, 0, (this.furthest - this.origin + 1) * this.list.length);
    this.text = text;
    this.origin = from;
    this.furthest = from - 1;
    this.steps = 0;
    this.best = undefined;
    for (let start = from; start <= text.length; start++) {
      if (this.first && !this.first[text.charCodeAt(start)]) continue;
      this.run(start);
      if (this.best) return this.best;
    }
    return undefined;
  }

  private run(start: number): void {
    this.spans = new Array<number>(this.slots).fill(-1);
    this.spans[0] = start;
    // Pairs of an instruction and a place; below 0: a slot that gets its former value back.
    const stack = [0, start];
    while (stack.length > 0) {
      const at = stack.pop() ?? 0;
      const pc = stack.pop() ?? 0;
      if (pc < 0) this.spans[-pc] = at;
      else if (this.follow(pc, at, stack)) return;
    }
  }

  /** Goes on from one place until it fails. True when nothing can be longer than what was found. */
  private follow(from: number, place: number, stack: number[]): boolean {
    let pc = from;
    let at = place;
    for (;;) {
      if (!this.isNew(pc, at)) return false;
      const instruction = this.list[pc++];
      switch (instruction?.type) {
        case 'set':
          if (at >= this.text.length || !instruction.set[this.text.charCodeAt(at)]) return false;
          at++;
          break;
        case 'split':
          stack.push(instruction.second, at);
          pc = instruction.first;
          break;
        case 'jump':
          pc = instruction.to;
          break;
        case 'save':
          stack.push(-instruction.slot, this.spans[instruction.slot] ?? -1);
          this.spans[instruction.slot] = at;
          break;
        case 'progress':
          if (this.spans[instruction.slot] === at) pc = instruction.out;
          break;
        case 'assert':
          if (!holds(instruction.assertion, this.text, at, this.options.byLine ?? false)) return false;
          break;
        case 'backReference': {
          const length = this.repeatedLength(instruction.index, at);
          if (length < 0) return false;
          at += length;
          break;
        }
        default:
          return this.found(at);
      }
    }
  }

  /** How long the text of a group is that stands here again; -1 when it does not. */
  private repeatedLength(group: number, at: number): number {
    const start = this.spans[group * 2] ?? -1;
    const end = this.spans[group * 2 + 1] ?? -1;
    if (start < 0 || end < start) return -1;
    const texts = [this.text.slice(start, end), this.text.slice(at, at + end - start)];
    const [wanted, found] = this.options.ignoreCase ? texts.map(asciiLowerCase) : texts;
    return wanted === found ? end - start : -1;
  }

  private found(end: number): boolean {
    if (this.best && (this.best[1] ?? -1) >= end) return false;
    this.best = this.spans.slice();
    this.best[1] = end;
    return end === this.text.length;
  }

  private isNew(pc: number, at: number): boolean {
    if (this.triesAll) return ++this.steps <= mostSteps;
    if (at > this.furthest && !this.reach(at)) return false;
    const index = (at - this.origin) * this.list.length + pc;
    if (this.seen[index]) return false;
    this.seen[index] = 1;
    return true;
  }

  private reach(at: number): boolean {
    const needed = (at - this.origin + 1) * this.list.length;
    if (needed > mostSeenBytes) return false;
    if (needed > this.seen.length) {
      const grown = new Uint8Array(Math.min(mostSeenBytes, Math.max(1024, needed * 2)));
      grown.set(this.seen);
      this.seen = grown;
    }
    this.furthest = at;
    return true;
  }
}

function asciiLowerCase(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
