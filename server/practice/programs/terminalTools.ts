import { command } from './command';
import type { Call } from './command';

/** tty, stty, less and more. */
export const tty = command({ letters: 's', usage: '[-s]' }, async (call) => {
  const is = call.process.stdin.isTerminal === true;
  if (!call.has('s')) await call.write(is ? '/dev/pts/0\n' : 'not a tty\n');
  return is ? 0 : 1;
});

export const stty = command({ raw: true, usage: '[-a|g] [-F DEVICE] [SETTING]...' }, async (call) => {
  const { terminal, stdin } = call.process;
  if (!terminal || !stdin.isTerminal)
    return call.fail(call.isBusybox ? 'standard input: Not a tty' : "'standard input': Inappropriate ioctl for device");
  if (call.operands[0] === 'size') await call.write(`${terminal.rows} ${terminal.columns}\n`);
  else if (call.operands.length === 0 || call.operands[0] === '-a')
    await call.write(`speed 38400 baud; rows ${terminal.rows}; columns ${terminal.columns}; line = 0;\n`);
  else if (call.operands.includes('raw') || call.operands.includes('-icanon')) terminal.setRaw(true);
  else if (call.operands.includes('sane') || call.operands.includes('cooked') || call.operands.includes('icanon'))
    terminal.setRaw(false);
  return 0;
});

/** A screen at a time on a terminal, all of it elsewhere. Space and Enter go on, `q` ends. */
export const less = command({ letters: 'EFMNSXRinsq', usage: '[-EFIMmNSRh~] [FILE]...' }, async (call) => {
  const { terminal, stdout } = call.process;
  for (const operand of call.inputs) {
    const shown = await call.attempt(
      async () => {
        if (operand !== '-') call.files.stat(call.path(operand));
        const bytes = await call.bytes(operand);
        if (!terminal || !stdout.isTerminal) return call.write(bytes);
        return pages(call, bytes.toString('latin1').split(/(?<=\n)/));
      },
      () => operand,
    );
    if (shown === undefined && call.code !== 0) continue;
  }
});

async function pages(call: Call, lines: string[]): Promise<void> {
  const { terminal } = call.process;
  if (!terminal) return;
  const keys = call.process.open('/dev/tty', { read: true });
  terminal.setRaw(true);
  try {
    let at = 0;
    let step = terminal.rows - 1;
    while (at < lines.length) {
      await call.writeLatin1(
        lines
          .slice(at, at + step)
          .join('')
          .replaceAll('\n', '\r\n'),
      );
      at += step;
      if (at >= lines.length && call.name === 'more') break;
      await call.write(at >= lines.length ? '\x1b[7m(END)\x1b[0m' : call.name === 'more' ? '--More-- ' : ':');
      const key = Buffer.from((await keys.read(16)) ?? 'q').toString();
      await call.write('\r\x1b[K');
      if (/^[qQ\x03]/.test(key)) break;
      step = /^[\r\nj]/.test(key) || key.startsWith('\x1b[B') ? 1 : terminal.rows - 1;
    }
  } finally {
    terminal.setRaw(false);
    keys.close();
  }
}
