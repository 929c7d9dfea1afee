import { beforeAll, describe, expect, it } from 'vitest';
import { Bench } from '../../testing/bench';
import type { Pod } from '../../testing/bench';
import recorded from './recorded.fixture.json';

interface Printed {
  stdout?: string;
  stderr?: string;
  code?: number;
  /** What the file named in `shows` holds afterwards; null when there is none. */
  file?: string | null;
}

interface Recorded {
  args: string[];
  stdin?: string;
  shows?: string;
  both?: Printed;
  gnu?: Printed;
  busybox?: Printed;
}

const images = { gnu: 'debian', busybox: 'busybox' } as const;

/** What real GNU sed 4.9 and busybox 1.35 printed for each script, in locale C and with these files in a folder. */
describe.each(['gnu', 'busybox'] as const)('%s sed prints what the real one prints', (flavour) => {
  let pod: Pod;

  beforeAll(async () => {
    pod = await new Bench().pod('pod', { image: images[flavour], command: ['sleep', '1000000'] });
    await pod.run(['mkdir', '-p', recorded.folder]);
  });

  async function result({ args, stdin, shows }: Recorded): Promise<Printed> {
    for (const [name, content] of Object.entries(recorded.files)) {
      await pod.run(['tee', `${recorded.folder}/${name}`], { stdin: content });
    }
    const { bytes, stderr, code } = await pod.run(
      ['sed', ...args.map((arg) => arg.replaceAll('@', `${recorded.folder}/`))],
      {
        stdin: stdin ?? recorded.stdin,
      },
    );
    const printed = { stdout: bytes.toString('latin1'), stderr: stderr.replace(/(Usage:|BusyBox v)[^]*/, '…'), code };
    if (shows === undefined) return printed;
    const file = await pod.run(['cat', `${recorded.folder}/${shows}`]);
    return { ...printed, file: file.code === 0 ? file.bytes.toString('latin1') : null };
  }

  for (const fixture of recorded.cases as Recorded[]) {
    const expected = fixture.both ?? fixture[flavour];
    if (!expected) continue;
    it(JSON.stringify([...fixture.args, ...(fixture.stdin === undefined ? [] : ['<', fixture.stdin])]), async () => {
      expect(await result(fixture)).toEqual({ stdout: '', stderr: '', code: 0, ...expected });
    });
  }
});
