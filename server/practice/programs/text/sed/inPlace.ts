import { FileSystemError } from '../../../filesystem/filesystem';
import { Exit } from '../../../process/program';
import type { Call } from '../../command';
import { unusual } from '../../paths';
import { Output } from './output';

export interface InPlaceOptions {
  /** Behind `-i`: empty for no backup. */
  suffix: string;
  followsLinks: boolean;
}

/** A file that is edited in place: another one beside it, which takes its name, mode and owner in the end. */
export class EditedFile {
  private constructor(
    private readonly call: Call,
    private readonly name: string,
    private readonly temporary: string,
    private readonly suffix: string,
    readonly output: Output,
  ) {}

  static async open(call: Call, operand: string, { suffix, followsLinks }: InPlaceOptions): Promise<EditedFile> {
    const stat = call.files.stat(call.path(operand));
    if (stat.type !== 'file' && !call.isBusybox) await call.fail(`couldn't edit ${operand}: not a regular file`, 4);
    const name = followsLinks ? call.files.realpath(call.path(operand)) : operand;
    const temporary = temporaryName(call, name);
    try {
      const flags = { write: true, create: true, exclusive: true, mode: 0o600 };
      const output = Output.to(call.process.open(call.path(temporary), flags));
      call.files.chown(call.path(temporary), stat.uid, stat.gid);
      call.files.chmod(call.path(temporary), stat.mode);
      return new EditedFile(call, name, temporary, suffix, output);
    } catch (error) {
      if (!(error instanceof FileSystemError)) throw error;
      return call.isBusybox
        ? call.fail(`can't create temp file '${name}XXXXXX': ${error.reason}`)
        : call.fail(`couldn't open temporary file ${temporary}: ${error.reason}`, 4);
    }
  }

  /** Nothing of the file is changed before all of it has been read. */
  async finish(): Promise<void> {
    await this.output.close();
    if (this.suffix !== '') await this.rename(this.name, backupName(this.name, this.suffix, this.call.isBusybox));
    await this.rename(this.temporary, this.name);
  }

  private async rename(from: string, to: string): Promise<void> {
    const { call } = this;
    try {
      call.files.rename(call.path(from), call.path(to));
    } catch (error) {
      if (!(error instanceof FileSystemError)) throw error;
      if (call.isBusybox) await call.fail(`can't move '${from}' to '${to}': ${error.reason}`);
      call.files.unlink(call.path(this.temporary));
      await call.complain(`cannot rename ${from}: ${error.reason}`);
      throw new Exit(4);
    }
  }
}

function temporaryName(call: Call, name: string): string {
  for (let attempt = 0; ; attempt++) {
    const letters = unusual(6, call.process.clock.now(), call.process.pid, attempt);
    const folder = name.includes('/') ? name.replace(/[^/]*$/, '') : './';
    const temporary = call.isBusybox ? name + letters : `${folder}sed${letters}`;
    if (!call.files.exists(call.path(temporary))) return temporary;
  }
}

/** GNU puts the name, folders and all, for each star of a suffix: `bak/*`. */
export function backupName(name: string, suffix: string, isBusybox: boolean): string {
  return suffix.includes('*') && !isBusybox ? suffix.replaceAll('*', () => name) : name + suffix;
}
