import { command } from '../command';
import type { Call } from '../command';

/** Lines, words or numbers in an order that `/dev/urandom` decides. */
export const shuf = command(
  {
    letters: 'ei:n:z',
    long: { echo: 'e', 'input-range': 'i', 'head-count': 'n' },
    usage: '[-n NUM] [-e ARGS | -i L-H | FILE]',
  },
  async (call) => {
    const items = await itemsOf(call);
    const most = Number(call.value('n') ?? items.length);
    if (!Number.isInteger(most) || most < 0)
      return call.fail(
        call.isBusybox ? `invalid number '${call.value('n')}'` : `invalid line count: '${call.value('n')}'`,
      );
    const order = [...items];
    const chance = await dice(call, order.length);
    for (let last = order.length - 1; last > 0; last--) {
      const other = (chance[last] ?? 0) % (last + 1);
      [order[last], order[other]] = [order[other] ?? '', order[last] ?? ''];
    }
    await call.writeLatin1(
      order
        .slice(0, most)
        .map((item) => `${item}\n`)
        .join(''),
    );
    return call.code;
  },
);

async function itemsOf(call: Call): Promise<string[]> {
  if (call.has('e')) return call.operands.map((operand) => Buffer.from(operand).toString('latin1'));
  const range = call.value('i');
  if (range !== undefined) {
    const [low = '', high = low] = range.split(/-(.*)/s);
    const bad = [low, high].find((end) => !/^\d+$/.test(end));
    const count = Number(high) - Number(low) + 1;
    if (bad !== undefined || count < 0 || count > mostItems)
      return call.fail(call.isBusybox ? `${range}: invalid range` : `invalid input range: '${bad ?? range}'`);
    return Array.from({ length: count }, (_, i) => String(Number(low) + i));
  }
  const operand = call.operands[0] ?? '-';
  const lines = await call.attempt(
    () => call.allLines(operand),
    () => operand,
  );
  return lines ?? [];
}

const mostItems = 1_000_000;

async function dice(call: Call, count: number): Promise<number[]> {
  const random = call.process.open('/dev/urandom', { read: true });
  const bytes = Buffer.alloc(count * 4);
  for (let filled = 0; filled < bytes.length;) {
    const chunk = await random.read(bytes.length - filled);
    if (!chunk) break;
    filled += Buffer.from(chunk).copy(bytes, filled);
  }
  random.close();
  return Array.from({ length: count }, (_, i) => bytes.readUInt32LE(i * 4));
}
