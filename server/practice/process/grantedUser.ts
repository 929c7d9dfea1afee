import type { Loaded } from './loader';
import type { Process } from './program';

/**
 * Whose rights a program has that `user` runs: a setuid or setgid file lends those of its owner, unless the container forbids it
 * (no_new_privs of prctl(2), `allowPrivilegeEscalation: false`). Real and effective ids are not told apart.
 */
export function grantedUser(
  user: Process['user'],
  { grants }: Pick<Loaded, 'grants'>,
  noNewPrivileges: boolean | undefined,
): Process['user'] {
  const { uid = user.uid, gid = user.gid } = grants;
  if (noNewPrivileges || (uid === user.uid && gid === user.gid)) return user;
  return { ...user, uid, gid };
}
