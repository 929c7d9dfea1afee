import { equalJson } from '../../../../lib/kubernetes/equal';
import { controllerOf } from '../../../../lib/kubernetes/metadata';
import { isPodTerminal, type Pod } from '../../../../lib/kubernetes/pod';
import type { Deployment, DeploymentStatus, ReplicaSet } from '../../../../lib/kubernetes/workloads';
import type { ApiClient } from '../../client';
import type { Clock } from '../../clock';
import { isAlreadyExists, isNotFound } from '../../status';
import { isNamespaceTerminating, messageOf } from '../runtime/errors';
import type { EventRecorder } from '../runtime/events';
import {
  desiredReplicasOf,
  expiredSets,
  hasSizeAnnotations,
  isSameTemplate,
  newReplicaSet,
  newSetAnnotations,
  nextRevision,
  revisionAnnotation,
  sizeAnnotations,
  splitSets,
} from './revisions';
import {
  activeOrLatest,
  counted,
  isActiveSet,
  isRollingUpdate,
  isSaturated,
  newSetReplicas,
  proportionalSizes,
  replicasOf,
  scaleDownOld,
  wantedPods,
} from './scaling';
import {
  computeStatus,
  condition,
  conditionOf,
  hasDeadline,
  isComplete,
  progressCheck,
  rolloutStatus,
  withCondition,
  type Said,
  type Sets,
} from './status';

export interface DeploymentSyncOptions {
  client: ApiClient;
  clock: Clock;
  recorder: EventRecorder;
  /** The pods that a ReplicaSet controls. */
  podsOf(set: ReplicaSet): Pod[];
  /** Looks at the Deployment again after so many milliseconds. */
  again(delayMs: number): void;
}

interface FoundSets {
  newSet?: ReplicaSet;
  oldSets: ReplicaSet[];
}

/** One sync of one Deployment (pkg/controller/deployment: sync.go, rolling.go, recreate.go). */
export class DeploymentSync {
  constructor(
    private d: Deployment,
    private readonly sets: readonly ReplicaSet[],
    private readonly options: DeploymentSyncOptions,
  ) {}

  async run(): Promise<void> {
    if (this.d.metadata.deletionTimestamp) return this.tellStatus(await this.find());
    await this.markPaused();
    if (this.d.spec.paused || (await this.isScalingEvent())) return this.resize();
    return isRollingUpdate(this.d) ? this.rollingUpdate() : this.recreate();
  }

  private async rollingUpdate(): Promise<void> {
    const { newSet, oldSets } = await this.findOrCreate();
    const sets = { newSet, all: [...oldSets, newSet] };
    const wanted = replicasOf(this.d);
    const size = replicasOf(newSet) > wanted ? wanted : newSetReplicas(this.d, replicasOf(newSet), wantedPods(oldSets));
    if ((await this.scale(newSet, size)) !== newSet) return this.tellRollout(sets);
    const resizes = scaleDownOld(this.d, newSet, oldSets);
    // The sets as written, so that a second step for one of them starts from the first.
    const latest = new Map<string, ReplicaSet>();
    for (const { set, to } of resizes) {
      const name = set.metadata.name ?? '';
      latest.set(name, await this.scale(latest.get(name) ?? set, to));
    }
    if (resizes.length > 0) return this.tellRollout(sets);
    if (isComplete(this.d, this.d.status)) await this.cleanUp(oldSets);
    return this.tellRollout(sets);
  }

  private async recreate(): Promise<void> {
    const found = await this.find();
    const before = setsOf(found);
    const active = found.oldSets.filter(isActiveSet);
    for (const set of active) await this.scale(set, 0);
    if (active.length > 0 || this.areOldPodsRunning(found)) return this.tellRollout(before);
    const { newSet, oldSets } = await this.findOrCreate();
    await this.scale(newSet, replicasOf(this.d));
    if (isComplete(this.d, this.d.status)) await this.cleanUp(oldSets);
    return this.tellRollout({ newSet, all: [...oldSets, newSet] });
  }

  /** What a change of size or a pause asks for; no rollout moves meanwhile. */
  private async resize(): Promise<void> {
    const found = await this.find();
    await this.resizeSets(found);
    if (this.d.spec.paused) await this.cleanUp(found.oldSets);
    return this.tellStatus(found);
  }

  private async resizeSets({ newSet, oldSets }: FoundSets): Promise<void> {
    const only = activeOrLatest(newSet, oldSets);
    if (only) return void (await this.scale(only, replicasOf(this.d)));
    if (isSaturated(this.d, newSet)) {
      for (const set of oldSets.filter(isActiveSet)) await this.scale(set, 0);
      return;
    }
    if (!isRollingUpdate(this.d)) return;
    const active = setsOf({ newSet, oldSets }).all.filter(isActiveSet);
    for (const { set, to } of proportionalSizes(this.d, active)) await this.scale(set, to, true);
  }

  /** A paused rollout is not late, and one that goes on starts to count anew. */
  private async markPaused(): Promise<void> {
    const current = conditionOf(this.d.status, 'Progressing');
    const isMarked = current?.reason === 'DeploymentPaused';
    const isPaused = this.d.spec.paused ?? false;
    if (!hasDeadline(this.d) || current?.reason === 'ProgressDeadlineExceeded' || isMarked === isPaused) return;
    this.say(
      isPaused
        ? { type: 'Progressing', status: 'Unknown', reason: 'DeploymentPaused', message: 'Deployment is paused' }
        : { type: 'Progressing', status: 'Unknown', reason: 'DeploymentResumed', message: 'Deployment is resumed' },
    );
    await this.writeStatus(this.d.status);
  }

  /** The sets carry the size they were made for: when the Deployment's is another, somebody scaled it. */
  private async isScalingEvent(): Promise<boolean> {
    const active = setsOf(await this.find()).all.filter(isActiveSet);
    return active.some((set) => (desiredReplicasOf(set) ?? replicasOf(this.d)) !== replicasOf(this.d));
  }

  /** The newest set, if there is one, with its annotations put right, and the Deployment's revision with it. */
  private async find(): Promise<FoundSets> {
    const { newSet, oldSets } = splitSets(this.d, this.sets);
    return newSet ? { newSet: await this.refreshed(newSet, oldSets), oldSets } : { oldSets };
  }

  private async findOrCreate(): Promise<Required<FoundSets>> {
    const { newSet, oldSets } = await this.find();
    return { newSet: newSet ?? (await this.create(oldSets)), oldSets };
  }

  private async refreshed(set: ReplicaSet, oldSets: readonly ReplicaSet[]): Promise<ReplicaSet> {
    const annotations = newSetAnnotations(this.d, set.metadata.annotations, nextRevision(oldSets));
    const { minReadySeconds = 0 } = this.d.spec;
    const isSame = equalJson(annotations, set.metadata.annotations ?? {});
    if (!isSame || (set.spec.minReadySeconds ?? 0) !== minReadySeconds) {
      const metadata = { ...set.metadata, annotations };
      return this.options.client.update('replicasets', { ...set, metadata, spec: { ...set.spec, minReadySeconds } });
    }
    const isRevised = this.setRevision(annotations[revisionAnnotation] ?? '');
    const isNew = hasDeadline(this.d) && !conditionOf(this.d.status, 'Progressing');
    const message = `Found new replica set "${set.metadata.name}"`;
    if (isNew) this.say({ type: 'Progressing', status: 'True', reason: 'FoundNewReplicaSet', message });
    if (isRevised || isNew) await this.writeStatus(this.d.status);
    return set;
  }

  private async create(oldSets: readonly ReplicaSet[]): Promise<ReplicaSet> {
    const { client, recorder } = this.options;
    const draft = newReplicaSet(this.d, oldSets);
    let made: ReplicaSet | undefined;
    let set: ReplicaSet;
    try {
      set = made = await client.create('replicasets', draft, draft.metadata.namespace);
    } catch (error) {
      set = await this.afterRefusal(draft, error);
    }
    const { name } = set.metadata;
    if (made && replicasOf(draft) > 0)
      recorder.event(
        this.d,
        'Normal',
        'ScalingReplicaSet',
        `Scaled up replica set ${name} from 0 to ${replicasOf(draft)}`,
      );
    const isRevised = this.setRevision(String(nextRevision(oldSets)));
    const isNew = made !== undefined && hasDeadline(this.d);
    const message = `Created new replica set "${name}"`;
    if (isNew) this.say({ type: 'Progressing', status: 'True', reason: 'NewReplicaSetCreated', message });
    if (isRevised || isNew) await this.writeStatus(this.d.status);
    return set;
  }

  /** The set that is there already, if it is the one wanted; else the failure is told of and thrown. */
  private async afterRefusal(draft: ReplicaSet, error: unknown): Promise<ReplicaSet> {
    const { client, recorder } = this.options;
    const { name = '', namespace } = draft.metadata;
    if (isAlreadyExists(error)) {
      const found = await client.get('replicasets', name, namespace);
      const isOwn = controllerOf(found.metadata)?.uid === this.d.metadata.uid;
      if (isOwn && isSameTemplate(found.spec.template, this.d.spec.template)) return found;
      // Another template with the same hash: the next sync takes another name.
      const collisionCount = (this.d.status.collisionCount ?? 0) + 1;
      await this.writeStatus({ ...this.d.status, collisionCount });
      throw error;
    }
    if (isNamespaceTerminating(error)) throw error;
    const message = `Failed to create new replica set "${name}": ${messageOf(error)}`;
    if (hasDeadline(this.d)) {
      this.say({ type: 'Progressing', status: 'False', reason: 'ReplicaSetCreateError', message });
      await this.writeStatus(this.d.status).catch(() => {});
    }
    recorder.event(this.d, 'Warning', 'ReplicaSetCreateError', message);
    throw error;
  }

  /** Returns the set itself when nothing was to be done. `isForced` also puts the annotations of size right. */
  private async scale(set: ReplicaSet, to: number, isForced = false): Promise<ReplicaSet> {
    const from = replicasOf(set);
    if (from === to && (!isForced || hasSizeAnnotations(set, this.d))) return set;
    const annotations = { ...set.metadata.annotations, ...sizeAnnotations(this.d) };
    const metadata = { ...set.metadata, annotations };
    const scaled = { ...set, metadata, spec: { ...set.spec, replicas: to } };
    const written = await this.options.client.update('replicasets', scaled);
    const what = `Scaled ${from < to ? 'up' : 'down'} replica set ${set.metadata.name} from ${from} to ${to}`;
    if (from !== to) this.options.recorder.event(this.d, 'Normal', 'ScalingReplicaSet', what);
    return written;
  }

  private areOldPodsRunning({ newSet, oldSets }: FoundSets): boolean {
    if (counted(oldSets, 'replicas') > 0) return true;
    const others = this.sets.filter((set) => set.metadata.uid !== newSet?.metadata.uid);
    return others.some((set) => this.options.podsOf(set).some((pod) => !isPodTerminal(pod)));
  }

  private async cleanUp(oldSets: readonly ReplicaSet[]): Promise<void> {
    for (const { metadata } of expiredSets(this.d, oldSets))
      try {
        await this.options.client.delete('replicasets', metadata.name ?? '', metadata.namespace);
      } catch (error) {
        if (!isNotFound(error)) throw error;
      }
  }

  private async tellStatus(found: FoundSets): Promise<void> {
    const status = computeStatus(this.d, setsOf(found), this.options.clock.now());
    if (!equalJson(status, this.d.status)) await this.writeStatus(status);
  }

  private async tellRollout(sets: Sets): Promise<void> {
    const now = this.options.clock.now();
    const status = rolloutStatus(this.d, sets, now);
    if (!equalJson(status, this.d.status)) return this.writeStatus(status);
    const wait = progressCheck(this.d, status, now);
    if (wait !== undefined) this.options.again(wait);
  }

  private say(said: Said): void {
    const next = condition(said, this.options.clock.now());
    this.d = {
      ...this.d,
      status: { ...this.d.status, conditions: withCondition(this.d.status.conditions ?? [], next) },
    };
  }

  /** The Deployment's own number is written with its status. */
  private setRevision(revision: string): boolean {
    const { annotations = {} } = this.d.metadata;
    if (annotations[revisionAnnotation] === revision) return false;
    const metadata = { ...this.d.metadata, annotations: { ...annotations, [revisionAnnotation]: revision } };
    this.d = { ...this.d, metadata };
    return true;
  }

  private async writeStatus(status: DeploymentStatus): Promise<void> {
    const written = await this.options.client.update('deployments', { ...this.d, status }, 'status');
    this.d = { ...written, apiVersion: 'apps/v1', kind: 'Deployment' };
  }
}

function setsOf({ newSet, oldSets }: FoundSets): Sets {
  return { newSet, all: newSet ? [...oldSets, newSet] : oldSets };
}
