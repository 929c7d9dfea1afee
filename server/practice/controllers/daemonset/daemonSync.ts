import { equalJson } from '../../../../lib/kubernetes/equal';
import type { Node } from '../../../../lib/kubernetes/cluster';
import type { Pod } from '../../../../lib/kubernetes/pod';
import type { DaemonSet, DaemonSetStatus } from '../../../../lib/kubernetes/workloads';
import type { ApiClient } from '../../client';
import type { Clock } from '../../clock';
import { isConflict } from '../../status';
import { slowStart } from '../replicaset/slowStart';
import { isNamespaceTerminating } from '../runtime/errors';
import type { EventRecorder } from '../runtime/events';
import { keyOf } from '../runtime/informer';
import { LeavingPods } from '../runtime/leavingPods';
import type { OwnWrites } from '../runtime/ownWrites';
import { podFromTemplate, type TemplatePods } from '../runtime/podTemplates';
import { stable } from '../runtime/stable';
import { byNode, hashLabel, templateFor } from './daemonPods';
import { FailedPodWaits } from './failedPods';
import { manage, type Work } from './manage';
import type { DaemonHistory } from './revisions';
import { rollingUpdate } from './rollingUpdate';
import { statusOf } from './status';

export interface DaemonSyncOptions {
  client: ApiClient;
  clock: Clock;
  recorder: EventRecorder;
  writes: OwnWrites;
  pods: TemplatePods;
  history: DaemonHistory;
  nodes(): Node[];
  again(key: string, afterMs: number): void;
}

/** So many pods are made or deleted in one sync. */
const burstReplicas = 250;
/** Upstream's StatusUpdateRetries, and the first try. */
const statusTries = 2;

/** One sync of one set (syncDaemonSet in pkg/controller/daemon/daemon_controller.go). */
export class DaemonSync {
  private readonly leaving = new LeavingPods();
  private readonly waits = new FailedPodWaits();

  constructor(private readonly options: DaemonSyncOptions) {}

  /** `own` are the pods that the set controls. */
  async run(set: DaemonSet, own: readonly Pod[]): Promise<void> {
    const { history, recorder } = this.options;
    if (stable(set.spec.selector) === '{}') {
      const why = 'This daemon set is selecting all pods. A non-empty selector is required.';
      return recorder.event(set, 'Warning', 'SelectingAll', why);
    }
    const { current, old } = await history.construct(set, own);
    const hash = current.metadata.labels?.[hashLabel] ?? '';
    const isSettled = !this.leaving.areAwaited(keyOf(set), own);
    let failure: unknown;
    if (isSettled)
      try {
        if (!(await this.change(set, own, hash))) await history.truncate(set, old, own);
      } catch (error) {
        failure = error;
      }
    await this.tell(set, own, hash, isSettled);
    if (failure) throw failure;
  }

  forget(key: string): void {
    this.leaving.forget(key);
    this.waits.forget(`${key} `);
  }

  /** Whether anything was to be done; a rolling update goes on only when all nodes are as they should be. */
  private async change(set: DaemonSet, own: readonly Pod[], hash: string): Promise<boolean> {
    const [nodes, pods, now] = [this.options.nodes(), byNode(own), this.options.clock.now()];
    const work = manage(set, nodes, pods, hash, now);
    const gone = [...work.delete, ...this.clearEnded(set, work.ended)];
    if (await this.carryOut(set, { create: work.create, delete: gone }, hash)) return true;
    if (set.spec.updateStrategy?.type !== 'RollingUpdate') return false;
    return this.carryOut(set, rollingUpdate({ set, nodes, pods, hash, now }), hash);
  }

  private clearEnded(set: DaemonSet, ended: Work['ended']): Pod[] {
    const { recorder, again, clock } = this.options;
    return ended.flatMap(({ pod, node }) => {
      const hasFailed = pod.status.phase === 'Failed';
      const wait = hasFailed
        ? this.waits.take(`${keyOf(set)} ${set.status.observedGeneration ?? 0} ${node}`, clock.now())
        : 0;
      if (wait > 0) {
        again(keyOf(set), wait);
        return [];
      }
      const what = `daemon pod ${pod.metadata.namespace}/${pod.metadata.name} on node ${node}`;
      if (hasFailed) recorder.event(set, 'Warning', 'FailedDaemonPod', `Found failed ${what}, will try to kill it`);
      else recorder.event(set, 'Normal', 'SucceededDaemonPod', `Found succeeded ${what}, will try to delete it`);
      return [pod];
    });
  }

  private async carryOut(set: DaemonSet, work: { create: string[]; delete: Pod[] }, hash: string): Promise<boolean> {
    if (work.create.length + work.delete.length === 0) return false;
    const { pods, writes } = this.options;
    const nodes = work.create.slice(0, burstReplicas);
    const [made, gone] = await Promise.allSettled([
      slowStart(nodes.length, async (index) => {
        try {
          const draft = podFromTemplate(set, templateFor(set, nodes[index] ?? '', hash));
          writes.note(keyOf(set), 'pods', await pods.create(set, draft));
        } catch (error) {
          if (!isNamespaceTerminating(error)) throw error;
        }
      }),
      this.leaving.send(keyOf(set), work.delete.slice(0, burstReplicas), (pod) =>
        pods.delete(set, pod.metadata.name ?? ''),
      ),
    ]);
    for (const result of [made, gone]) if (result.status === 'rejected') throw result.reason;
    return true;
  }

  private async tell(set: DaemonSet, own: readonly Pod[], hash: string, isSettled: boolean): Promise<void> {
    const { nodes, clock, again } = this.options;
    const counts = statusOf(set, nodes(), byNode(own), { hash, now: clock.now() });
    const { generation } = set.metadata;
    const seen = isSettled ? generation : set.status.observedGeneration;
    const status = { ...counts, ...(seen ? { observedGeneration: seen } : {}) };
    if (!equalJson(status, set.status)) await this.write(set, status);
    const { minReadySeconds = 0 } = set.spec;
    // Nothing in the API changes when a pod becomes available: the set has to look again by itself.
    if (minReadySeconds > 0 && counts.numberReady !== (counts.numberAvailable ?? 0))
      again(keyOf(set), minReadySeconds * 1000);
  }

  private async write(set: DaemonSet, status: DaemonSetStatus): Promise<void> {
    const { client, writes } = this.options;
    const { name = '', namespace } = set.metadata;
    let known = set;
    for (let attempt = 1; ; attempt++)
      try {
        return writes.note(keyOf(set), 'daemonsets', await client.update('daemonsets', { ...known, status }, 'status'));
      } catch (error) {
        if (!isConflict(error) || attempt === statusTries) throw error;
        known = await client.get('daemonsets', name, namespace);
      }
  }
}
