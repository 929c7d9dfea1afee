import type { Node } from '../../../../lib/kubernetes/cluster';
import type { Timer } from '../../clock';
import type { ImageFacts } from '../../containers/runtime';
import type { EventRecorder } from '../../controllers/runtime/events';
import { isAlreadyExists, isConflict, isNotFound } from '../../status';
import type { ClusterDeps } from '../kubeletDeps';
import { nodeObject, nodeStatus, type NodeFacts } from './nodeObject';

/** How often an unchanged status is written (nodeStatusReportFrequency). */
const heartbeatMs = 300_000;
/** Changes, such as images that were pulled, are gathered for this long (nodeStatusUpdateFrequency). */
const changeMs = 10_000;

/** Registers one node and keeps its status fresh. Leases are not written: nothing here fails that they could tell of. */
export class NodeReporter {
  private timer: Timer | undefined;
  private isStopped = false;

  constructor(
    private readonly deps: ClusterDeps,
    private readonly facts: NodeFacts,
    private readonly events: EventRecorder,
    private readonly lifecycle: EventRecorder,
    private readonly images: () => readonly ImageFacts[],
  ) {}

  /** Resolves when the Node is registered and Ready. */
  async register(): Promise<void> {
    const isNew = await this.create();
    const lastBoot = this.deps.informers.for('nodes').get(this.facts.name)?.status?.nodeInfo?.bootID;
    const node = await this.report();
    if (!node) return;
    const boot = node.status?.nodeInfo?.bootID;
    if (lastBoot && boot !== lastBoot)
      this.events.event(node, 'Warning', 'Rebooted', `Node ${this.facts.name} has been rebooted, boot id: ${boot}`);
    this.events.event(node, 'Normal', 'Starting', 'Starting kubelet.');
    const told = ['NodeHasSufficientMemory', 'NodeHasNoDiskPressure', 'NodeHasSufficientPID'];
    this.events.event(node, 'Normal', 'NodeAllocatableEnforced', 'Updated Node Allocatable limit across pods');
    for (const reason of [...told, ...(isNew ? ['NodeReady'] : [])])
      this.events.event(node, 'Normal', reason, `Node ${this.facts.name} status is now: ${reason}`);
    const registered = `Node ${this.facts.name} event: Registered Node ${this.facts.name} in Controller`;
    this.lifecycle.event(node, 'Normal', 'RegisteredNode', registered);
    this.schedule(heartbeatMs);
  }

  /** Something of the status has changed: it is written soon. */
  changed(): void {
    if (this.timer) this.schedule(changeMs);
  }

  stop(): void {
    this.isStopped = true;
    this.timer?.cancel();
  }

  private async create(): Promise<boolean> {
    try {
      await this.deps.client.create('nodes', nodeObject(this.facts));
      return true;
    } catch (error) {
      if (!isAlreadyExists(error)) throw error;
      return false;
    }
  }

  private async report(): Promise<Node | undefined> {
    for (let tries = 0; tries < 5; tries++) {
      try {
        const node = await this.deps.client.get('nodes', this.facts.name);
        const status = nodeStatus(this.facts, this.images(), node.status, this.deps.clock.now());
        return await this.deps.client.update('nodes', { ...node, status: { ...node.status, ...status } }, 'status');
      } catch (error) {
        if (isNotFound(error)) await this.create();
        else if (!isConflict(error)) throw error;
      }
    }
    return undefined;
  }

  private schedule(delayMs: number): void {
    if (this.isStopped) return;
    this.timer?.cancel();
    this.timer = this.deps.clock.after(delayMs, () => {
      // A refused write is tried again with the next heartbeat.
      void this.report()
        .catch(() => undefined)
        .then(() => this.schedule(heartbeatMs));
    });
  }
}
