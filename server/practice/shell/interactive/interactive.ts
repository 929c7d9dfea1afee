import type { Terminal } from '../../process/program';
import type { List } from '../ast';
import { executeList } from '../execute';
import { reportChanges } from '../jobReports';
import { problemText } from '../messages';
import { Parser } from '../parser';
import { ExitShell, Interrupted, LeaveLoop, ReturnFromFunction, ShellError } from '../shellError';
import type { Shell } from '../shellState';
import { complainOfSyntax, runSource } from '../source';
import { ShellSyntaxError } from '../syntaxError';
import { decode } from '../text';
import { completerOf } from './completion';
import { LineEditor } from './lineEditor';
import type { LineResult } from './lineEditor';
import { defaultPrompt, promptText } from './prompt';

const longestHistory = 1000;

/** A shell with a prompt: reads, runs and reads again until Ctrl-D or `exit`. */
export async function runInteractive(shell: Shell): Promise<number> {
  const { process } = shell;
  prepare(shell);
  await runStartFile(shell);
  if (shell.variables.get('PS1') === undefined) shell.variables.set('PS1', defaultPrompt(shell));
  if (shell.variables.get('PS2') === undefined) shell.variables.set('PS2', '> ');
  const input = process.stdin.isTerminal && process.terminal ? editedInput(shell, process.terminal) : plainInput(shell);
  for (;;) {
    await reportChanges(shell);
    shell.isInterrupted = shell.isStopAsked = false;
    const command = await readCommand(shell, input);
    if (command === 'end') break;
    if (command) await runCommand(shell, command);
  }
  // dash and ash end the prompt's line; bash says what Ctrl-D meant.
  await shell.writeError(shell.isBash ? 'exit\n' : '\n');
  return shell.status;
}

function prepare(shell: Shell): void {
  const { process, traps } = shell;
  shell.options.add('i');
  traps.setDefault('SIGINT', () => shell.interrupt());
  for (const signal of ['SIGQUIT', 'SIGTERM', 'SIGTTIN', 'SIGTTOU'] as const) traps.setDefault(signal, 'ignore');
  traps.setDefault('SIGTSTP', () => (shell.isStopAsked = true));
  if (!process.terminal) return;
  shell.options.add('m');
  process.terminal.foregroundGroup = process.terminal.foregroundGroup || process.pid;
}

async function runStartFile(shell: Shell): Promise<void> {
  const home = shell.variables.get('HOME') ?? '';
  const files = shell.isBash ? ['/etc/bash.bashrc', `${home}/.bashrc`] : [shell.variables.get('ENV') ?? ''];
  for (const path of files) {
    if (path !== '' && shell.process.files.exists(path))
      await runSource(shell, decode(shell.process.files.readFile(path)));
  }
}

type Input = (prompt: string) => Promise<LineResult>;

function editedInput(shell: Shell, terminal: Terminal): Input {
  return (prompt) => new LineEditor(shell.process, terminal, shell.history, completerOf(shell)).read(prompt);
}

function plainInput(shell: Shell): Input {
  let rest = '';
  return async (prompt) => {
    await shell.writeError(prompt);
    while (!rest.includes('\n')) {
      const bytes = await shell.stdin?.read();
      if (!bytes && rest === '') return { type: 'end' };
      rest += bytes ? decode(bytes) : '\n';
    }
    const [line = '', ...more] = rest.split('\n');
    rest = more.join('\n');
    return { type: 'line', text: line };
  };
}

/** Lines until they make a whole command. */
async function readCommand(shell: Shell, input: Input): Promise<List | 'end' | undefined> {
  let text = '';
  for (;;) {
    const result = await input(await promptText(shell, text === '' ? 'PS1' : 'PS2'));
    if (result.type === 'interrupted') {
      shell.status = 130;
      return undefined;
    }
    if (result.type === 'end' && text === '') return 'end';
    text += result.type === 'line' ? `${result.text}\n` : '';
    const parser = new Parser(text, { flavour: shell.flavour, aliases: shell.aliases });
    parser.isOpenEnded = result.type === 'line';
    try {
      const list = parser.all();
      remember(shell, text.replace(/\n$/, ''));
      return list;
    } catch (error) {
      if (!(error instanceof ShellSyntaxError)) throw error;
      if (error.isIncomplete && result.type === 'line') continue;
      remember(shell, text.replace(/\n$/, ''));
      await complainOfSyntax(shell, error, text);
      shell.status = 2;
      return undefined;
    }
  }
}

function remember(shell: Shell, line: string): void {
  if (line.trim() === '' || line.startsWith(' ') || shell.history.at(-1) === line) return;
  shell.history.push(line);
  if (shell.history.length > longestHistory) shell.history.shift();
}

async function runCommand(shell: Shell, list: List): Promise<void> {
  try {
    await executeList(shell, list);
  } catch (error) {
    if (error instanceof ExitShell) throw error;
    shell.checked = shell.loopDepth = 0;
    if (error instanceof Interrupted) shell.status = 130;
    else if (error instanceof ShellError) {
      await shell.complain(problemText(error.problem, shell.flavour));
      shell.status = shell.isBash ? 1 : 2;
    } else if (!(error instanceof LeaveLoop) && !(error instanceof ReturnFromFunction)) throw error;
  }
  const { terminal } = shell.process;
  if (terminal && shell.isJobControlled) terminal.foregroundGroup = shell.process.pid;
}
