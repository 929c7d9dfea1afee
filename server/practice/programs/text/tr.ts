import { command } from '../command';
import type { Call } from '../command';
import { complementOf, filled, parseSet, SetError } from './trSet';
import type { TrSet } from './trSet';

/** What becomes of each byte. */
interface Plan {
  deleted: Uint8Array;
  becomes: Uint8Array;
  squeezed: Uint8Array;
}

/** On bytes as they come: `tr -dc a-z < /dev/urandom | head -c 8` ends when `head` has had enough. */
export const tr = command(
  {
    letters: 'cCdst',
    long: { complement: 'c', delete: 'd', 'squeeze-repeats': 's', 'truncate-set1': 't' },
    stopAtOperand: true,
    usage: '[-cds] STRING1 [STRING2]',
  },
  async (call) => {
    const [first, second, extra] = call.operands;
    const wrong = wrongNumber(call);
    if (first === undefined || wrong) return misused(call, wrong ?? 'missing operand');
    if (extra !== undefined) return misused(call, `extra operand '${extra}'`);
    let plan: Plan;
    try {
      plan = planOf(call, parseSet(first), second === undefined ? undefined : parseSet(second));
    } catch (error) {
      if (error instanceof SetError) return call.fail(error.message);
      throw error;
    }
    await run(call, plan);
  },
);

function misused(call: Call, message: string): Promise<number> {
  return call.isBusybox ? call.misuse() : call.misuse(message);
}

function wrongNumber(call: Call): string | undefined {
  const [first, second] = call.operands;
  if (first === undefined) return 'missing operand';
  if (call.has('d') && !call.has('s') && second !== undefined)
    return `extra operand '${second}'\nOnly one string may be given when deleting without squeezing repeats.`;
  if (second !== undefined || (call.has('d') && !call.has('s')) || (call.has('s') && !call.has('d'))) return undefined;
  return call.has('d')
    ? `missing operand after '${first}'\nTwo strings must be given when both deleting and squeezing repeats.`
    : `missing operand after '${first}'\nTwo strings must be given when translating.`;
}

function planOf(call: Call, first: TrSet, second: TrSet | undefined): Plan {
  const from = call.has('c', 'C') ? complementOf(first) : first.bytes;
  const becomes = Uint8Array.from({ length: 256 }, (_, byte) => byte);
  const deletes = call.has('d');
  if (second && !deletes) {
    const isEmpty = second.bytes.length === 0 && !second.fill;
    if (isEmpty && from.length > 0 && !call.has('t'))
      throw new SetError('when not truncating set1, string2 must be non-empty');
    const to = call.has('t') ? second.bytes : filled(second, from.length);
    from.slice(0, to.length).forEach((byte, i) => (becomes[byte] = to[i] ?? byte));
  }
  const squeezed = !call.has('s') ? [] : second ? filled(second, deletes ? 0 : from.length) : from;
  return { deleted: tableOf(deletes ? from : []), becomes, squeezed: tableOf(squeezed) };
}

function tableOf(bytes: readonly number[]): Uint8Array {
  const table = new Uint8Array(256);
  for (const byte of bytes) table[byte] = 1;
  return table;
}

async function run(call: Call, { deleted, becomes, squeezed }: Plan): Promise<void> {
  let last = -1;
  for await (const chunk of call.chunks('-')) {
    const out = new Uint8Array(chunk.length);
    let length = 0;
    for (const byte of chunk) {
      if (deleted[byte]) continue;
      const now = becomes[byte] ?? byte;
      if (now === last && squeezed[now]) continue;
      last = now;
      out[length++] = now;
    }
    if (length > 0) await call.write(out.subarray(0, length));
  }
}
