import { describe, expect, it } from 'vitest';
import recorded from './recorded.fixture.json';
import { buildBox, runScript } from './testing';

/** What real dash 0.5.12, bash 5.2 and busybox 1.35 printed for each script, in a folder of its own. */
describe.each(['dash', 'ash', 'bash'] as const)('%s prints what the real one prints', (flavour) => {
  const box = buildBox();
  for (const fixture of recorded) {
    const expected = fixture[flavour];
    if (!expected) continue;
    it(JSON.stringify(fixture.script), async () => {
      expect(await runScript(box, flavour, fixture.script)).toEqual(expected);
    });
  }
});
