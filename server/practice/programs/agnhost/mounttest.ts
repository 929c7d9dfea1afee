import { errnoMessages, FileSystemError } from '../../filesystem/filesystem';
import type { Stat } from '../../filesystem/filesystem';
import type { Process } from '../../process/program';
import { Flags } from './flags';

/** `agnhost mounttest`: makes files with the permissions it is told, and says what it sees of them, in upstream's order. */
export async function mounttest(process: Process, args: readonly string[]): Promise<number> {
  const flags = new Flags(args, ['break_on_expected_content']);
  process.umask = 0;
  let hasFailed = false;
  const step = async (name: string, run: (path: string) => Promise<void>) => {
    const path = flags.text(name);
    if (path === '') return;
    try {
      await run(path);
    } catch (error) {
      if (!(error instanceof StepFailure)) throw error;
      hasFailed = true;
      await say(process, error.message);
    }
  };
  await step('fs_type', (path) => say(process, `mount type of "${path}": ${typeOf(process, path)}`));
  for (const mode of ['0644', '0666', '0660', '0777'])
    await step(`new_file_${mode}`, (path) => writeAndRead(process, path, Number.parseInt(mode, 8)));
  await step('file_mode', (path) => say(process, `mode of file "${path}": ${goMode(statOf(process, path, 'Stat'))}`));
  await step('file_perm', (path) =>
    say(process, `perms of file "${path}": ${goPermissions(statOf(process, path, 'Stat'))}`),
  );
  await step('file_owner', async (path) => {
    const { uid, gid } = statOf(process, path, 'stat');
    await say(process, `owner UID of "${path}": ${uid}\nowner GID of "${path}": ${gid}`);
  });
  await step('file_content', (path) => read(process, path));
  await step('file_content_in_loop', (path) =>
    readInLoop(process, path, flags.number('retry_time', 180) * 1000, flags.is('break_on_expected_content', true)),
  );
  return hasFailed ? 1 : 0;
}

const initialContent = 'mount-tester new file\n';

class StepFailure extends Error {}

/** What `attempt` gives; where the file system refuses, a failure in Go's words. */
function orFailure<T>(call: string, path: string, words: (why: string) => string, attempt: () => T): T {
  try {
    return attempt();
  } catch (error) {
    if (!(error instanceof FileSystemError)) throw error;
    throw new StepFailure(words(`${call} ${path}: ${errnoMessages[error.code].toLowerCase()}`));
  }
}

function statOf({ files }: Process, path: string, call: 'Stat' | 'stat'): Stat {
  // syscall.Stat's error is the bare errno, os.Stat's names the call and the path.
  const words = (why: string) => `error from ${call}("${path}"): ${call === 'Stat' ? why : why.replace(/^.*: /, '')}`;
  return orFailure('stat', path, words, () => files.stat(path));
}

/** statfs(2) names a file system by a number; only that of tmpfs is spelled out. */
const magic: Readonly<Record<string, number>> = { ext4: 0xef53, overlay: 0x794c7630, proc: 0x9fa0, sysfs: 0x62656572 };

function typeOf({ files }: Process, path: string): string {
  const words = (why: string) => `error from statfs("${path}"): ${why.replace(/^.*: /, '')}`;
  const { type } = orFailure('statfs', path, words, () => files.mountOf(path));
  return magic[type] === undefined ? type : String(magic[type]);
}

async function writeAndRead(process: Process, path: string, mode: number): Promise<void> {
  const words = (why: string) => `error writing new file "${path}": ${why}`;
  orFailure('open', path, words, () => process.files.writeFile(path, Buffer.from(initialContent), { mode }));
  await read(process, path);
}

async function read(process: Process, path: string): Promise<void> {
  const words = (why: string) => `error reading file content for "${path}": ${why}`;
  const bytes = orFailure('open', path, words, () => process.files.readFile(path));
  await sayContent(process, path, bytes);
}

async function readInLoop(process: Process, path: string, forMs: number, stopsWhenExpected: boolean): Promise<void> {
  const { clock, files, killed } = process;
  let failure: StepFailure | undefined;
  for (const start = clock.now(); clock.now() - start < forMs && !killed.aborted; await clock.sleep(2000, killed)) {
    try {
      const words = (why: string) => `Error reading file ${path}: ${why}, retrying`;
      const bytes = orFailure('open', path, words, () => files.readFile(path));
      failure = undefined;
      await sayContent(process, path, bytes);
      if (!stopsWhenExpected) continue;
      if (Buffer.from(bytes).toString() === initialContent) return;
      await say(process, `Unexpected content. Expected: ${initialContent}. Retrying`);
    } catch (error) {
      if (!(error instanceof StepFailure)) throw error;
      failure = error;
      await say(process, error.message);
    }
  }
  if (failure) throw failure;
}

function sayContent(process: Process, path: string, bytes: Uint8Array): Promise<void> {
  return say(process, `content of file "${path}": ${Buffer.from(bytes).toString()}`);
}

async function say(process: Process, text: string): Promise<void> {
  await process.stdout.write(Buffer.from(`${text}\n`)).catch(() => {});
}

const typeLetters: Record<Stat['type'], string> = { file: '', directory: 'd', symlink: 'L', fifo: 'p', character: 'D' };

/** os.FileMode as Go prints it: a letter for the type and each special bit (`-` when there is none), then the permissions. */
export function goMode({ type, mode }: Pick<Stat, 'type' | 'mode'>): string {
  const letters = [
    typeLetters[type],
    ...(mode & 0o4000 ? ['u'] : []),
    ...(mode & 0o2000 ? ['g'] : []),
    ...(type === 'character' ? ['c'] : []),
    ...(mode & 0o1000 ? ['t'] : []),
  ];
  return `${letters.join('') || '-'}${bits(mode)}`;
}

function goPermissions({ mode }: Pick<Stat, 'mode'>): string {
  return `-${bits(mode)}`;
}

function bits(mode: number): string {
  return [...'rwxrwxrwx'].map((letter, i) => (mode & (0o400 >> i) ? letter : '-')).join('');
}
