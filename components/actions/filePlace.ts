import type { ContainerView } from '../../lib/board/model';

/** What is wrong with a path before it is sent; Kubernetes and the container have their own say after that. */
export function pathProblem(path: string): 'notAbsolute' | 'nul' | 'isFolder' | undefined {
  if (!path.startsWith('/')) return 'notAbsolute';
  if (path.includes('\0')) return 'nul';
  return /\/(\.{0,2})$/.test(path) ? 'isFolder' : undefined;
}

/** The path that a student most likely wants: a page on the first claim, where there is one. */
export function likelyPath(container: ContainerView | undefined): string {
  const mount = container?.mounts.find((candidate) => candidate.claim !== undefined && !candidate.readOnly);
  return mount ? `${mount.path.replace(/\/$/, '')}/index.html` : '/tmp/note.txt';
}
