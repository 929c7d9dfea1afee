import { volumeFate, volumeSource, type Pod } from '../kubernetes/pod';
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
export function placeOf(pod: Pod, containerName: string, path: string): FilePlace {
  const container = pod.spec.containers.find((candidate) => candidate.name === containerName);
  const mounts = (container?.volumeMounts ?? [])
    .filter((mount) => isWithin(path, mount.mountPath))
    .sort((a, b) => b.mountPath.length - a.mountPath.length);
  const mount = mounts[0];
  if (!mount) return { kind: 'container' };
  const volume = pod.spec.volumes?.find((candidate) => candidate.name === mount.name);
  const claim = volume?.persistentVolumeClaim;
  const shared = { volume: mount.name, mountPath: mount.mountPath, readOnly: mount.readOnly === true };
  if (claim)
    return { kind: 'claim', claim: claim.claimName, ...shared, readOnly: shared.readOnly || claim.readOnly === true };
  const from = volume ? volumeSource(volume) : { source: '' };
  return { kind: 'volume', ...from, ...shared, readOnly: shared.readOnly || volumeFate(from.source) === 'readOnly' };
}

function isWithin(path: string, folder: string): boolean {
  const inner = partsOf(path);
  return partsOf(folder).every((part, index) => inner[index] === part);
}

function partsOf(path: string): string[] {
  return path.split('/').filter((part) => part !== '' && part !== '.');
}
