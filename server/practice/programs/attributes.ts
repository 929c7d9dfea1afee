import type { Stat } from '../filesystem/filesystem';
import { command } from './command';
import type { Call } from './command';
import { parseMode } from './mode';
import { findGroup, findUser } from './names';

/** chmod, chown, chgrp. */
export const chmod = command({ raw: true, usage: '[-Rcvf] MODE[,MODE]... FILE...' }, async (call) => {
  // A mode may begin with a dash, which is no option: `chmod -x file`.
  const isOption = (arg: string) => /^-[Rcvf]+$/.test(arg) || /^--(recursive|changes|verbose|silent|quiet)$/.test(arg);
  const options = call.operands.filter(isOption).join('');
  const [mode, ...files] = call.operands.filter((arg) => !isOption(arg) && arg !== '--');
  if (mode === undefined) return call.missingOperand();
  if (files.length === 0) return call.missingOperand(mode);
  if (parseMode(mode, 0, false) === undefined) {
    if (call.isBusybox) return call.fail(`invalid mode '${mode}'`);
    return call.misuse(`invalid mode: '${mode}'`);
  }
  const recursive = /R|recursive/.test(options);
  for (const operand of files)
    await each(call, operand, recursive, 'permissions', (path, stat) => {
      if (stat.type === 'symlink') return;
      call.files.chmod(path, parseMode(mode, stat.mode, stat.type === 'directory', call.process.umask) ?? stat.mode);
    });
});

export const chown = command(
  {
    letters: 'RhLHPcvf',
    long: { recursive: 'R', 'no-dereference': 'h', verbose: 'v' },
    usage: '[-Rh] USER[:[GRP]] FILE...',
  },
  async (call) => {
    const [owner, ...files] = call.operands;
    if (owner === undefined) return call.missingOperand();
    if (files.length === 0) return call.missingOperand(owner);
    const [, user = '', separator, group = ''] = /^([^:.]*)(?:([:.])(.*))?$/.exec(owner) ?? [];
    const uid = user === '' ? undefined : findUser(call.files, user);
    const gid = separator === undefined || group === '' ? undefined : findGroup(call.files, group);
    if (user !== '' && uid === undefined)
      return call.fail(call.isBusybox ? `unknown user ${user}` : `invalid user: '${owner}'`);
    if (group !== '' && gid === undefined)
      return call.fail(call.isBusybox ? `unknown group ${group}` : `invalid group: '${owner}'`);
    for (const operand of files)
      await each(call, operand, call.has('R'), 'ownership', (path, stat) =>
        call.files.chown(path, uid ?? stat.uid, gid ?? stat.gid),
      );
  },
);

export const chgrp = command(
  { letters: 'RhLHPcvf', long: { recursive: 'R' }, usage: '[-Rh] GROUP FILE...' },
  async (call) => {
    const [group, ...files] = call.operands;
    if (group === undefined || files.length === 0) return call.missingOperand(group);
    const gid = findGroup(call.files, group);
    if (gid === undefined) return call.fail(call.isBusybox ? `unknown group ${group}` : `invalid group: '${group}'`);
    for (const operand of files)
      await each(call, operand, call.has('R'), 'group', (path, stat) => call.files.chown(path, stat.uid, gid));
  },
);

async function each(
  call: Call,
  operand: string,
  recursive: boolean,
  what: string,
  change: (path: string, stat: Stat) => void,
): Promise<void> {
  const path = call.path(operand);
  const words = (access: boolean) => {
    if (call.isBusybox) return operand;
    if (access) return `cannot access '${operand}'`;
    return what === 'ownership' || what === 'group'
      ? `changing ${what} of '${operand}'`
      : `changing ${what} of '${operand}'`;
  };
  const stat = await call.attempt(
    () => call.files.stat(path),
    () => words(true),
  );
  if (!stat) return;
  await call.attempt(
    () => change(path, stat),
    () => words(false),
  );
  if (!recursive || call.files.lstat(path).type !== 'directory') return;
  const names = await call.attempt(
    () => call.files.readdir(path),
    () => (call.isBusybox ? operand : `cannot read directory '${operand}'`),
  );
  for (const name of names ?? []) await each(call, `${operand.replace(/\/$/, '')}/${name}`, true, what, change);
}
