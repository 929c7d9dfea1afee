import type { Inode } from './inode';
import type { Tree } from './tree';

/**
 * Gives all of a tree to a pod's fsGroup (pkg/volume/volume_linux.go ChangePermissions): the group may read it, and write where the volume
 * can be written to; what is made in a folder later belongs to the group as well.
 */
export function giveToGroup(tree: Tree, gid: number, readOnly: boolean, inode: Inode = tree.root): void {
  if (inode.type === 'directory')
    for (const name of tree.names(inode)) {
      const child = tree.lookup(inode, name);
      if (child) giveToGroup(tree, gid, readOnly, child);
    }
  const rights = (readOnly ? 0o440 : 0o660) | (inode.type === 'directory' ? 0o2110 : 0);
  tree.setAttributes(inode, inode.type === 'symlink' ? { gid } : { gid, mode: inode.mode | rights });
}
