import type { Mount } from '../kubernetes/mounts';
import { volumeFate, type Pod } from '../kubernetes/pod';
import type { FilePlace } from './contracts';

/**
 * What a file is called on its claim's volume, whatever path a container has it under: `html/index.html`. The same file of a
 * claim that is mounted twice, or in part (`subPath`), has one name.
 */
export function nameOnVolume(pod: Pod, containerName: string, path: string, mountPath: string): string {
  const container = pod.spec.containers.find((candidate) => candidate.name === containerName);
  const mount = container?.volumeMounts?.find((candidate) => candidate.mountPath === mountPath);
  const within = partsOf(path).slice(partsOf(mountPath).length);
  return [...partsOf(mount?.subPath ?? mount?.subPathExpr ?? ''), ...within].join('/');
}

/** Where a path of a container lies, by its mounts: the longest mount path that it lies in wins, as in the kernel. */
export function placeOf(mounts: readonly Mount[], path: string): FilePlace {
  const inner = plainParts(path);
  const [mount] = mounts
    .filter((candidate) => plainParts(candidate.path).every((part, index) => inner[index] === part))
    .sort((a, b) => plainParts(b.path).length - plainParts(a.path).length);
  if (!mount) return { kind: 'container' };
  const { volume, path: mountPath, readOnly, claim, source = '', at } = mount;
  if (claim !== undefined) return { kind: 'claim', claim, volume, mountPath, readOnly };
  const from = at === undefined ? { source } : { source, at };
  return { kind: 'volume', ...from, volume, mountPath, readOnly: readOnly || volumeFate(source) === 'readOnly' };
}

/** `/a/./b/../c//d` → `a c d`. A symbolic link in the container can still lead elsewhere. */
function plainParts(path: string): string[] {
  const parts: string[] = [];
  for (const part of partsOf(path)) {
    if (part === '..') parts.pop();
    else parts.push(part);
  }
  return parts;
}

function partsOf(path: string): string[] {
  return path.split('/').filter((part) => part !== '' && part !== '.');
}
