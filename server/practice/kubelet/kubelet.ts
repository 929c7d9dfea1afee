import type { Node } from '../../../lib/kubernetes/cluster';
import type { Pod } from '../../../lib/kubernetes/pod';
import { rejectionOf } from './admission';
import type { NodeDeps } from './kubeletDeps';
import { PodWorker } from './pod/podWorker';

/** One node's pods: a worker for each pod bound to it, from its binding until its object is gone. */
export class Kubelet {
  private readonly workers = new Map<string, PodWorker>();
  private isStopped = false;

  constructor(
    readonly deps: NodeDeps,
    private readonly node: () => Node,
  ) {}

  get nodeName(): string {
    return this.deps.nodeName;
  }

  worker(uid: string): PodWorker | undefined {
    return this.workers.get(uid);
  }

  /** Takes over the pods that were bound before the node came up, then follows the watch. */
  start(): void {
    const pods = this.deps.informers.for('pods');
    this.adopt(pods.list().filter((pod) => this.isMine(pod)));
    pods.on({
      added: (pod) => this.seen(pod),
      modified: (pod) => this.seen(pod),
      deleted: (pod) => this.workers.get(pod.metadata.uid ?? '')?.removed(),
    });
  }

  stop(): void {
    this.isStopped = true;
    for (const worker of this.workers.values()) worker.powerOff();
    this.workers.clear();
  }

  /** As after a reboot: addresses go on where they were, images are there, pods are started again. */
  private adopt(pods: Pod[]): void {
    for (const pod of pods) {
      if (pod.status.podIP) this.deps.addresses.startAfter(pod.status.podIP);
      for (const status of pod.status.containerStatuses ?? []) if (status.imageID) this.deps.images.keep(status.image);
    }
    for (const pod of pods.sort(byAge)) this.seen(pod);
  }

  private isMine(pod: Pod): boolean {
    return pod.spec.nodeName === this.deps.nodeName;
  }

  private seen(pod: Pod): void {
    if (this.isStopped || !this.isMine(pod)) return;
    const uid = pod.metadata.uid ?? '';
    const known = this.workers.get(uid);
    if (known) return known.update(pod);
    const worker = new PodWorker(
      pod,
      this.deps,
      (candidate) => rejectionOf(candidate, this.node(), this.admittedPods(uid)),
      () => this.workers.delete(uid),
    );
    this.workers.set(uid, worker);
    worker.start();
  }

  private admittedPods(except: string): Pod[] {
    return [...this.workers]
      .filter(([uid, worker]) => uid !== except && !worker.rejection)
      .map(([, worker]) => worker.pod);
  }
}

function byAge(a: Pod, b: Pod): number {
  const [left = '', right = ''] = [a.metadata.creationTimestamp, b.metadata.creationTimestamp];
  return left === right ? ((a.metadata.name ?? '') < (b.metadata.name ?? '') ? -1 : 1) : left < right ? -1 : 1;
}
