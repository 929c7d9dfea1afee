import { expect, it } from 'vitest';
import { buildBox, runScript } from './testing';

const script =
  'f="a b"; if [[ -n $f ]]\nthen echo kept whole\nfi; [[ "$f" == "" ]] || echo $?; [[ -r /none ]]; echo $?';

it.each([
  ['ash', 'kept whole\n1\n1\n'],
  ['bash', 'kept whole\n1\n1\n'],
  ['dash', '127\n127\n'],
] as const)('%s has [[ or not', async (flavour, stdout) => {
  expect(await runScript(buildBox(), flavour, script)).toMatchObject({ stdout });
});
