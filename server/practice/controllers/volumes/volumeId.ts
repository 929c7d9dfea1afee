import type { PersistentVolume } from '../../../../lib/kubernetes/storage';

/**
 * Which stored volume lies behind a PersistentVolume. The source decides, not the name: two PersistentVolumes of one NFS
 * export hold the same files, and one that is deleted and made again finds them. A hostPath is the same folder on every
 * node here, as if the nodes shared a disk: a pod that moves keeps its data.
 */
export function volumeIdOf(volume: PersistentVolume): string {
  const { hostPath, nfs, local, csi } = volume.spec;
  if (hostPath) return sharedFolderId(hostPath.path);
  if (nfs) return idOf('nfs', nfs.server, folder(nfs.path));
  if (local) return idOf('local', folder(local.path));
  if (csi) return idOf('csi', csi.driver, csi.volumeHandle);
  return idOf('volume', volume.metadata.name ?? '');
}

export function nfsId(server: string, path: string): string {
  return idOf('nfs', server, folder(path));
}

/** A folder of the nodes' shared disk, which hostPath volumes of PersistentVolumes lie on. */
export function sharedFolderId(path: string): string {
  return idOf('hostpath', folder(path));
}

/** A folder of one node's own disk: a pod's hostPath. */
export function nodeFolderId(node: string, path: string): string {
  return idOf('node', node, folder(path));
}

function idOf(...parts: string[]): string {
  return parts.map(encodeURIComponent).join('~');
}

function folder(path: string): string {
  return path.length > 1 ? path.replace(/\/+$/, '') : path;
}
