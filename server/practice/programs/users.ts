import { command } from './command';
import { groupName, groups, passwd, userName } from './names';

/** id, whoami, groups. */
export const id = command(
  { letters: 'ugGnr', long: { user: 'u', group: 'g', groups: 'G', name: 'n', real: 'r' }, usage: '[-ugGnr] [USER]' },
  async (call) => {
    const { files, user } = call.process;
    const [operand] = call.operands;
    const entry =
      operand === undefined
        ? undefined
        : passwd(files).find((known) => known.name === operand || String(known.uid) === operand);
    if (operand !== undefined && !entry)
      return call.fail(call.isBusybox ? `unknown user ${operand}` : `'${operand}': no such user`);
    const uid = entry?.uid ?? user.uid;
    const gid = entry?.gid ?? user.gid;
    const member = entry
      ? groups(files)
          .filter((group) => group.members.includes(entry.name))
          .map((group) => group.gid)
      : user.groups;
    const all = [...new Set([gid, ...member])];
    const named = (text: string | undefined, n: number) => (call.has('n') ? (text ?? String(n)) : String(n));
    const withName = (text: string | undefined, n: number) => (text === undefined ? String(n) : `${n}(${text})`);
    if (call.has('u')) await call.write(`${named(userName(files, uid), uid)}\n`);
    else if (call.has('g')) await call.write(`${named(groupName(files, gid), gid)}\n`);
    else if (call.has('G')) await call.write(`${all.map((g) => named(groupName(files, g), g)).join(' ')}\n`);
    else {
      const list = all.map((g) => withName(groupName(files, g), g)).join(',');
      // busybox leaves out the list when it is the one group, GNU never does.
      const tail = call.isBusybox && member.length === 0 ? '' : ` groups=${list}`;
      await call.write(
        `uid=${withName(userName(files, uid), uid)} gid=${withName(groupName(files, gid), gid)}${tail}\n`,
      );
    }
    return 0;
  },
);

export { groupsOf as groups };

const groupsOf = command({ usage: '[USER]' }, async (call) => {
  const { files, user } = call.process;
  const [name] = call.operands;
  const entry = passwd(files).find((known) => (name === undefined ? known.uid === user.uid : known.name === name));
  if (name !== undefined && !entry)
    return call.fail(call.isBusybox ? `unknown user ${name}` : `'${name}': no such user`);
  const own = name === undefined ? user.groups : [];
  const listed = groups(files)
    .filter((group) => group.members.includes(entry?.name ?? ''))
    .map((group) => group.gid);
  const all = [...new Set([entry?.gid ?? user.gid, ...own, ...listed])];
  const words = all.map((gid) => groupName(files, gid) ?? String(gid)).join(' ');
  await call.write(`${name === undefined || call.isBusybox ? '' : `${name} : `}${words}\n`);
  return 0;
});

export const whoami = command({ usage: '' }, async (call) => {
  const { uid } = call.process.user;
  const name = userName(call.files, uid);
  if (name === undefined)
    return call.fail(call.isBusybox ? `unknown uid ${uid}` : `cannot find name for user ID ${uid}`);
  await call.write(`${name}\n`);
  return 0;
});
