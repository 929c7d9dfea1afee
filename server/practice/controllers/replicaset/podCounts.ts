import { isTerminating, type Pod } from '../../../../lib/kubernetes/pod';
import type { ReplicaSet } from '../../../../lib/kubernetes/workloads';
import type { Clock } from '../../clock';
import { isNamespaceTerminating } from '../runtime/errors';
import { keyOf } from '../runtime/informer';
import { LeavingPods } from '../runtime/leavingPods';
import type { OwnWrites } from '../runtime/ownWrites';
import { podFromTemplate, type TemplatePods } from '../runtime/podTemplates';
import { podsToDelete } from './ranking';
import { slowStart } from './slowStart';

/** So many pods are made or deleted in one sync. */
const burstReplicas = 500;

export interface CountedPods {
  /** All that the set controls in the cache. */
  own: readonly Pod[];
  active: readonly Pod[];
  /** Only worked out when a choice between pods is needed. */
  related(): Pod[];
}

/** Makes and deletes pods until there are as many as wanted (manageReplicas in pkg/controller/replicaset). */
export class PodCounts {
  private readonly leaving = new LeavingPods();

  constructor(private readonly options: { clock: Clock; pods: TemplatePods; writes: OwnWrites }) {}

  /** Returns the failure, if there was one: the status tells of it before it is thrown. */
  async keep(set: ReplicaSet, pods: CountedPods): Promise<unknown> {
    const key = keyOf(set);
    if (this.leaving.areAwaited(key, pods.own)) return undefined;
    if (isTerminating(set)) return undefined;
    const difference = pods.active.length - (set.spec.replicas ?? 0);
    try {
      if (difference < 0) await this.create(set, Math.min(-difference, burstReplicas));
      else if (difference > 0) await this.delete(set, pods, Math.min(difference, burstReplicas));
    } catch (error) {
      return error;
    }
    return undefined;
  }

  forget(key: string): void {
    this.leaving.forget(key);
  }

  private create(set: ReplicaSet, count: number): Promise<void> {
    const { pods, writes } = this.options;
    return slowStart(count, async () => {
      try {
        writes.note(keyOf(set), 'pods', await pods.create(set, podFromTemplate(set, set.spec.template)));
      } catch (error) {
        if (!isNamespaceTerminating(error)) throw error;
      }
    });
  }

  private delete(set: ReplicaSet, { active, related }: CountedPods, count: number): Promise<void> {
    const { clock, pods } = this.options;
    const chosen = podsToDelete(active, count < active.length ? related() : [], count, clock.now());
    return this.leaving.send(keyOf(set), chosen, (pod) => pods.delete(set, pod.metadata.name ?? ''));
  }
}
