import { describe, expect, it } from 'vitest';
import { systemClock } from '../clock';
import { createPipe } from '../process/pipe';
import type { Program } from '../process/program';
import { buildBox, readAll, runScript } from './testing';

describe('a process that is ended while it starts', () => {
  // A signal may come between any two steps of becoming another program.
  it.each(Array.from({ length: 40 }, (_, steps) => [steps]))('after %i steps lets go of its pipe', async (steps) => {
    const pipe = createPipe();
    const first: Program = async (process) => {
      const child = process.fork((inner) => inner.exec(['sleep', '1000000']), { stdout: pipe.writer });
      pipe.writer.close();
      for (let step = 0; step < steps; step++) await Promise.resolve();
      child.signal('SIGTERM');
      return (await child.exited).code;
    };
    const box = buildBox(systemClock, [['/bin/first', first]]);
    const container = await box.start({ image: 'bash', command: ['sleep', '1000000'] });
    const session = await container.exec({ argv: ['/bin/first'], stdin: false, tty: false });
    expect(await readAll(pipe.reader)).toBe('');
    expect((await session.exited).code).toBe(143);
    container.signal('SIGKILL');
  });

  it.each(['bash', 'ash'] as const)('is waited for by %s', async (flavour) => {
    const got = await runScript(buildBox(), flavour, 'sleep 1000 & kill %1; wait %1; echo $?');
    expect(got.stdout).toBe('143\n');
  });
});
