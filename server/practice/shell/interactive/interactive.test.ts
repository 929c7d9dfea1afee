import { describe, expect, it } from 'vitest';
import type { Session } from '../../containers/runtime';
import type { ShellFlavour } from '../../images/image';
import { buildBox } from '../testing';

/** Types at a prompt and waits for what the screen shows. */
async function openTerminal(flavour: ShellFlavour) {
  const box = buildBox();
  const container = await box.start({ image: flavour, command: ['sleep', '100000'] });
  const argv = [flavour === 'bash' ? 'bash' : 'sh'];
  const session: Session = await container.exec({ argv, stdin: true, tty: true, size: { columns: 80, rows: 24 } });
  let screen = '';
  let read = 0;
  const until = async (text: string): Promise<string> => {
    for (;;) {
      const found = screen.indexOf(text, read);
      if (found >= 0) {
        const shown = screen.slice(read, found + text.length);
        read = found + text.length;
        return shown;
      }
      const bytes = await session.stdout.read();
      if (!bytes) throw new Error(`the terminal ended after ${JSON.stringify(screen.slice(read))}`);
      screen += Buffer.from(bytes).toString();
    }
  };
  return {
    session,
    until,
    type: (text: string) => session.stdin.write(Buffer.from(text)),
    end: () => container.signal('SIGKILL'),
  };
}

const prompts: [ShellFlavour, string][] = [
  ['ash', '/ # '],
  ['dash', '# '],
  ['bash', 'root@web-0:/# '],
];

describe.each(prompts)('%s at a terminal', (flavour, prompt) => {
  it('shows its prompt, echoes, runs and ends with Ctrl-D', async () => {
    const { session, until, type } = await openTerminal(flavour);
    expect(await until(prompt)).toBe(prompt);
    await type('echo hello\r');
    expect(await until(prompt)).toBe(`echo hello\r\nhello\r\n${prompt}`);
    await type('\x04');
    expect((await session.exited).code).toBe(0);
  });

  it('gives a new prompt at Ctrl-C and drops the line', async () => {
    const { until, type, end } = await openTerminal(flavour);
    await until(prompt);
    await type('echo lost\x03');
    expect(await until(prompt)).toBe(`echo lost^C\r\n${prompt}`);
    end();
  });

  it('interrupts a program and a loop with Ctrl-C', async () => {
    const { until, type, end } = await openTerminal(flavour);
    await until(prompt);
    await type('sleep 1000\r');
    await until('1000\r\n');
    await type('\x03');
    await until(prompt);
    await type('while :; do :; done\r');
    await until('done\r\n');
    await type('\x03');
    await until(prompt);
    await type('echo $?\r');
    expect(await until(prompt)).toContain('130');
    end();
  });

  it('stops with Ctrl-Z and goes on with fg', async () => {
    const { until, type, end } = await openTerminal(flavour);
    await until(prompt);
    await type('sleep 1000\r');
    await until('1000\r\n');
    await type('\x1a');
    expect(await until(prompt)).toContain('Stopped');
    await type('fg\r');
    await until('sleep 1000\r\n');
    await type('\x03');
    await until(prompt);
    end();
  });

  it('edits the line, recalls history and completes', async () => {
    const { until, type, end } = await openTerminal(flavour);
    await until(prompt);
    await type('cho ab\x01e\x05\x7fc\r');
    expect(await until('\r\nac\r\n')).toBeTruthy();
    await until(prompt);
    await type('\x1b[A\r');
    await until('\r\nac\r\n');
    await until(prompt);
    await type('echo /et\t\r');
    await until('\r\n/etc/\r\n');
    end();
  });

  it('asks for the rest of a command', async () => {
    const { until, type, end } = await openTerminal(flavour);
    await until(prompt);
    await type('for i in 1 2\r');
    await until('> ');
    await type('do echo n$i; done\r');
    await until('n1\r\nn2\r\n');
    end();
  });
});
