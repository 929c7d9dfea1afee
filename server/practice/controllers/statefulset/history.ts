import { controllerOf } from '../../../../lib/kubernetes/metadata';
import type { Pod } from '../../../../lib/kubernetes/pod';
import type { ControllerRevision, StatefulSet } from '../../../../lib/kubernetes/statefulSet';
import type { ApiClient } from '../../client';
import type { Clock } from '../../clock';
import { isAlreadyExists, isConflict } from '../../status';
import { adoptionPatch } from '../runtime/controllerRefs';
import { indexByController, orphansIn, ownedBy } from '../runtime/dependents';
import type { Informer, Informers } from '../runtime/informer';
import { matchesSelector } from '../../../../lib/kubernetes/selector';
import { revisionOfPod } from './identity';
import {
  chooseUpdateRevision,
  dataBytes,
  expiredRevisions,
  revisionHash,
  revisionName,
  sortRevisions,
} from './revisions';
import type { Revisions } from './status';

const conflictWaitsMs = [10, 50, 250];

/** The stored revisions of sets (pkg/controller/history). */
export class History {
  private readonly revisions: Informer<ControllerRevision>;

  constructor(private readonly options: { client: ApiClient; informers: Informers; clock: Clock }) {
    this.revisions = options.informers.for('controllerrevisions');
    indexByController(this.revisions);
  }

  /** The set's own revisions and those of nobody that its selector matches, oldest first. */
  list(set: StatefulSet): ControllerRevision[] {
    const ours = [...ownedBy(this.revisions, set), ...orphansIn(this.revisions, set.metadata.namespace ?? '')];
    return sortRevisions(ours.filter(({ metadata }) => matchesSelector(set.spec.selector, metadata.labels)));
  }

  async adoptOrphans(set: StatefulSet, ensureCanAdopt: () => Promise<void>): Promise<void> {
    const orphans = this.list(set).filter((revision) => !controllerOf(revision.metadata));
    if (orphans.length === 0) return;
    await ensureCanAdopt();
    for (const revision of orphans) {
      const { name = '', namespace } = revision.metadata;
      const patch = adoptionPatch({ apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: set.metadata }, revision);
      await this.options.client.patch('controllerrevisions', name, namespace, patch, { type: 'strategic' });
    }
  }

  /** The revisions a sync goes by. Creates one for a new template, and renumbers an older one for a roll back. */
  async choose(set: StatefulSet, revisions: readonly ControllerRevision[]): Promise<Revisions> {
    const collisions = set.status.collisionCount ?? 0;
    const choice = chooseUpdateRevision(set, revisions, collisions);
    const { update, collisionCount } =
      choice.do === 'create'
        ? await this.create(set, choice.revision, collisions)
        : {
            update: choice.do === 'keep' ? choice.revision : await this.renumber(choice.revision, choice.to),
            collisionCount: collisions,
          };
    const current = revisions.find((revision) => revision.metadata.name === set.status.currentRevision) ?? update;
    return { current, update, collisionCount };
  }

  /** Deletes what lies beyond the history limit and is used by neither the set nor a pod. */
  async truncate(
    set: StatefulSet,
    pods: readonly Pod[],
    revisions: readonly ControllerRevision[],
    used: Revisions | undefined,
  ): Promise<void> {
    const live = new Set(pods.map(revisionOfPod));
    for (const revision of used ? [used.current, used.update] : []) live.add(revision.metadata.name ?? '');
    for (const { metadata } of expiredRevisions(set, revisions, live))
      await this.options.client.delete('controllerrevisions', metadata.name ?? '', metadata.namespace);
  }

  /** On a clash of names with other data the hash is taken again with a higher collision count. */
  private async create(set: StatefulSet, wanted: ControllerRevision, collisions: number) {
    const { client } = this.options;
    const { namespace } = set.metadata;
    for (let collisionCount = collisions; ; collisionCount++) {
      const name = revisionName(set.metadata.name ?? '', revisionHash(wanted.data, collisionCount));
      try {
        const draft = { ...wanted, metadata: { ...wanted.metadata, name } };
        return { update: await client.create('controllerrevisions', draft, namespace), collisionCount };
      } catch (error) {
        if (!isAlreadyExists(error)) throw error;
        const existing = await client.get('controllerrevisions', name, namespace);
        if (dataBytes(existing.data) === dataBytes(wanted.data)) return { update: existing, collisionCount };
      }
    }
  }

  private async renumber(revision: ControllerRevision, to: number): Promise<ControllerRevision> {
    const { name = '', namespace } = revision.metadata;
    let known = revision;
    for (let attempt = 0; ; attempt++)
      try {
        if (known.revision === to) return known;
        return await this.options.client.update('controllerrevisions', { ...known, revision: to });
      } catch (error) {
        const wait = conflictWaitsMs[attempt];
        if (!isConflict(error) || wait === undefined) throw error;
        await this.options.clock.sleep(wait);
        known = this.revisions.get(name, namespace) ?? known;
      }
  }
}
