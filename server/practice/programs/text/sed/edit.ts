import { FileSystemError } from '../../../filesystem/filesystem';
import type { Call } from '../../command';
import { Appended } from './appended';
import { Editor } from './editor';
import { EditedFile } from './inPlace';
import { Input, LineSource, LineTooLong } from './input';
import type { InputHooks } from './input';
import { Outputs } from './outputs';
import { MissingLabel, parseScript } from './parser';
import type { Script } from './script';
import { ScriptError } from './scriptError';
import { scriptParts } from './scriptParts';

/** One call of sed, its options read. */
export async function edit(call: Call): Promise<number> {
  const { parts, files } = await scriptParts(call);
  if (parts.length === 0) return call.misuse();
  if (call.has('i') && files.length === 0) {
    return call.isBusybox ? call.fail('-i requires an argument') : call.fail('no input files', 4);
  }
  return telling(call, async () => {
    const script = parseScript(parts, call.isBusybox);
    if (call.has('sandbox')) refuseFiles(script, '-e expression #1, char 0');
    const outputs = await openOutputs(call, script);
    try {
      return await run(call, script, files, outputs);
    } finally {
      await outputs.flush();
    }
  });
}

async function telling(call: Call, run: () => Promise<number>): Promise<number> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof ScriptError) return call.fail(error.words(call.isBusybox));
    if (error instanceof LineTooLong)
      return call.isBusybox ? call.fail('out of memory') : call.fail("couldn't allocate memory", 4);
    if (!(error instanceof MissingLabel)) throw error;
    const quoted = call.isBusybox ? `'${error.label}'` : `\`${error.label}'`;
    return call.fail(`can't find label for jump to ${quoted}`, call.isBusybox ? 1 : 4);
  }
}

function refuseFiles({ commands }: Script, where: string): void {
  if (commands.some(({ action }) => 'path' in action)) throw new ScriptError('disabled', where);
}

async function openOutputs(call: Call, script: Script): Promise<Outputs> {
  try {
    return Outputs.open(call, script);
  } catch (error) {
    if (!(error instanceof FileSystemError)) throw error;
    return call.isBusybox
      ? call.fail(`can't open '${error.path}': ${error.reason}`)
      : call.fail(`couldn't open file ${error.path}: ${error.reason}`, 4);
  }
}

async function run(call: Call, script: Script, files: string[], outputs: Outputs): Promise<number> {
  const delimiter = call.has('z') ? '\0' : '\n';
  const isSeparate = call.has('s', 'i');
  const opened = new Files(call, outputs, delimiter);
  const input = new Input(files.length > 0 ? files : ['-'], isSeparate, opened);
  const appended = new Appended(call, outputs, delimiter);
  const options = {
    isQuiet: call.has('n') || script.isQuiet,
    delimiter,
    listWidth: Number(call.value('l') ?? 70),
    isSeparate,
  };
  const code = await new Editor(call, script, options, input, outputs, appended).run();
  await input.close();
  return opened.isMissing ? (call.isBusybox ? 1 : 2) : code;
}

/** The files by their names: read one after another, or each written anew (-i). */
class Files implements InputHooks {
  isMissing = false;
  private edited: EditedFile | undefined;

  constructor(
    private readonly call: Call,
    private readonly outputs: Outputs,
    private readonly delimiter: string,
  ) {}

  async open(name: string): Promise<LineSource | undefined> {
    const { call } = this;
    const isStdin = name === '-' && !call.has('i');
    const chunks = call.chunks(isStdin ? '-' : name === '-' ? './-' : name, call.has('u') ? 1 : undefined);
    const source = new LineSource(chunks, this.delimiter, () => this.outputs.flush());
    try {
      await source.hasNext();
      if (call.has('i')) await this.editInPlace(name);
      return source;
    } catch (error) {
      if (!(error instanceof FileSystemError)) throw error;
      return this.refused(name, error);
    }
  }

  private async editInPlace(name: string): Promise<void> {
    const followsLinks = this.call.has('follow-symlinks');
    this.edited = await EditedFile.open(this.call, name, { suffix: this.call.value('i') ?? '', followsLinks });
    this.outputs.main = this.edited.output;
  }

  private async refused(name: string, error: FileSystemError): Promise<undefined> {
    const { call } = this;
    // busybox reads nothing from a folder and goes on.
    if (error.code === 'EISDIR' && call.isBusybox) return undefined;
    if (error.code === 'EISDIR') {
      const text = call.has('i')
        ? `couldn't edit ${name}: not a regular file`
        : `read error on ${name}: Is a directory`;
      return call.fail(text, 4);
    }
    await call.complain(call.isBusybox ? `${name}: ${error.reason}` : `can't read ${name}: ${error.reason}`);
    this.isMissing = true;
    return undefined;
  }

  async closed(): Promise<void> {
    const { edited } = this;
    if (!edited) return;
    this.outputs.main = this.outputs.stdout;
    this.edited = undefined;
    await edited.finish();
  }
}
