import type { FilePlace } from '../../lib/actions/contracts';
import { volumeFate } from '../../lib/kubernetes/pod';
import type { ContainerView } from '../../lib/board/model';

/** What is wrong with a path before it is sent; Kubernetes and the container have their own say after that. */
export function pathProblem(path: string): 'notAbsolute' | 'nul' | 'isFolder' | undefined {
  if (!path.startsWith('/')) return 'notAbsolute';
  if (path.includes('\0')) return 'nul';
  return /\/(\.{0,2})$/.test(path) ? 'isFolder' : undefined;
}

/** `/a/./b/../c//d` → `/a/c/d`. A symbolic link in the container can still lead elsewhere: the server's answer says where it went. */
function plainPath(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

/** Where a path lies by the container's mounts: the longest mount path that holds it wins. */
export function placeOf(container: ContainerView, path: string): FilePlace {
  const plain = plainPath(path);
  const holds = (mount: string) => mount === '/' || plain === mount || plain.startsWith(`${mount}/`);
  const [mount] = container.mounts
    .map((candidate) => ({ ...candidate, path: plainPath(candidate.path) }))
    .filter((candidate) => holds(candidate.path))
    .toSorted((one, other) => other.path.length - one.path.length);
  if (!mount) return { kind: 'container' };
  const { volume, path: mountPath, readOnly, claim, source = '', at } = mount;
  if (claim) return { kind: 'claim', claim, volume, mountPath, readOnly };
  const where = at === undefined ? {} : { at };
  return {
    kind: 'volume',
    volume,
    source,
    ...where,
    mountPath,
    readOnly: readOnly || volumeFate(source) === 'readOnly',
  };
}

/** The path that a student most likely wants: a page on the first claim, where there is one. */
export function likelyPath(container: ContainerView | undefined): string {
  const mount = container?.mounts.find((candidate) => candidate.claim !== undefined && !candidate.readOnly);
  return mount ? `${mount.path.replace(/\/$/, '')}/index.html` : '/tmp/note.txt';
}
