import { expect, it } from 'vitest';
import { buildBox, readAll } from './testing';

it.each([
  ['dash', ''],
  ['ash', 'data-1=value\n'],
  ['bash', 'data-1=value\n'],
])('%s hands on what no script can name: %j', async (image, seen) => {
  const env: [string, string][] = [['data-1', 'value']];
  const container = await buildBox().start({ image, command: ['sleep', '1000000'], env });
  const script = `cat /proc/self/environ; set`;
  const session = await container.exec({ argv: ['sh', '-c', script], stdin: false, tty: false });
  const text = (await readAll(session.stdout)).replaceAll('\0', '\n');
  expect(text.match(/^data-1=.*\n/gm)?.join('') ?? '').toBe(seen);
});
