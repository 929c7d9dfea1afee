import type { Node } from '../../../lib/kubernetes/cluster';
import type { Pod } from '../../../lib/kubernetes/pod';
import type { NodeView } from './snapshot';

/**
 * Which pods count against which node, kept as pods come and go: going through all pods for each one that is placed would take
 * longer with every pod. A node's list stays the same array until it changes, so what is worked out from it can be remembered.
 */
export class NodePods {
  private readonly nodeOf = new Map<string, string>();
  private readonly pods = new Map<string, Map<string, Pod>>();
  private readonly lists = new Map<string, readonly Pod[]>();

  /** The pod counts against this node, and against no other. */
  put(pod: Pod, node: string): void {
    const uid = pod.metadata.uid ?? '';
    if (this.nodeOf.get(uid) !== node) this.remove(uid);
    this.nodeOf.set(uid, node);
    let held = this.pods.get(node);
    if (!held) this.pods.set(node, (held = new Map()));
    held.set(uid, pod);
    this.lists.delete(node);
  }

  remove(uid: string): void {
    const node = this.nodeOf.get(uid);
    if (node === undefined) return;
    this.nodeOf.delete(uid);
    this.pods.get(node)?.delete(uid);
    this.lists.delete(node);
  }

  /** The nodes, each with its pods. */
  views(nodes: readonly Node[]): NodeView[] {
    return nodes.map((node) => ({ node, pods: this.on(node.metadata.name ?? '') }));
  }

  private on(node: string): readonly Pod[] {
    let list = this.lists.get(node);
    if (!list) this.lists.set(node, (list = [...(this.pods.get(node)?.values() ?? [])]));
    return list;
  }
}
