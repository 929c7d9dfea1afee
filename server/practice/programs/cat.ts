import { command } from './command';
import type { Call } from './command';

export const cat = command(
  {
    letters: 'nbvteAsuETuf',
    long: {
      'show-all': 'A',
      number: 'n',
      'number-nonblank': 'b',
      'show-ends': 'E',
      'show-tabs': 'T',
      'show-nonprinting': 'v',
      'squeeze-blank': 's',
    },
    usage: '[-nbvteA] [FILE]...',
  },
  async (call) => {
    const state = { line: 0, blank: false };
    for (const operand of call.inputs) {
      await call.attempt(
        () => (isPlain(call) ? copy(call, operand) : show(call, operand, state)),
        () => (call.isBusybox ? `can't open '${operand}'` : operand),
      );
    }
  },
);

function isPlain(call: Call): boolean {
  return !call.has('n', 'b', 'v', 't', 'e', 'A', 's', 'E', 'T');
}

async function copy(call: Call, operand: string): Promise<void> {
  refuseDirectory(call, operand);
  for await (const chunk of call.chunks(operand)) await call.write(chunk);
}

/** A folder opens, but its first read fails: busybox names that step, GNU does not. */
function refuseDirectory(call: Call, operand: string): void {
  if (operand !== '-') call.files.stat(call.path(operand));
}

async function show(call: Call, operand: string, state: { line: number; blank: boolean }): Promise<void> {
  refuseDirectory(call, operand);
  const ends = call.has('e', 'E', 'A') ? '$' : '';
  for await (const line of call.lines(operand)) {
    if (call.has('s') && line === '' && state.blank) continue;
    state.blank = line === '';
    const numbered = call.has('b') ? line !== '' : call.has('n');
    const number = numbered ? `${String(++state.line).padStart(6)}\t` : '';
    await call.writeLatin1(`${number}${visible(call, line)}${ends}\n`);
  }
}

function visible(call: Call, line: string): string {
  const tabs = call.has('t', 'T', 'A') ? line.replaceAll('\t', '\0T') : line;
  const shown = call.has('v', 'e', 't', 'A') ? tabs.replace(/[^\t\n -~]/g, caret) : tabs;
  return shown.replaceAll('\0T', '^I').replaceAll('^@T', '^I');
}

function caret(char: string): string {
  const code = char.charCodeAt(0);
  if (code >= 128)
    return `M-${code - 128 >= 32 && code - 128 < 127 ? String.fromCharCode(code - 128) : caret(String.fromCharCode(code - 128))}`;
  return code === 127 ? '^?' : `^${String.fromCharCode(code + 64)}`;
}
