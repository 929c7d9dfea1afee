import type { Pod } from '../../../../lib/kubernetes/pod';
import { matchesSelector } from '../../../../lib/kubernetes/selector';
import type { ControllerRevision } from '../../../../lib/kubernetes/statefulSet';
import type { DaemonSet } from '../../../../lib/kubernetes/workloads';
import type { ApiClient } from '../../client';
import { isAlreadyExists } from '../../status';
import { claimRevisions, controllerRef, ensureNotDeleted } from '../runtime/controllerRefs';
import type { Informer } from '../runtime/informer';
import { dataBytes, revisionData, revisionHash } from '../statefulset/revisions';
import { hashLabel } from './daemonPods';

export interface Revisions {
  current: ControllerRevision;
  old: ControllerRevision[];
}

/**
 * The stored templates of DaemonSets (constructHistory in pkg/controller/daemon/update.go). As with Deployments the hash is taken over
 * the template's JSON, where upstream's is over Go's own picture of it, so that the suffixes of the same template differ.
 */
export class DaemonHistory {
  constructor(
    private readonly client: ApiClient,
    private readonly stored: Informer<ControllerRevision>,
  ) {}

  /** The revision of the set's template, made when there is none yet, and the others. */
  async construct(set: DaemonSet, pods: readonly Pod[]): Promise<Revisions> {
    const { namespace, name = '' } = set.metadata;
    const all = await claimRevisions({
      client: this.client,
      owner: set,
      revisions: this.stored.list(namespace),
      matches: ({ metadata }) => matchesSelector(set.spec.selector, metadata.labels),
      ensureCanAdopt: () => ensureNotDeleted(set, () => this.client.get('daemonsets', name, namespace)),
    });
    const bytes = dataBytes(revisionData(set));
    const same = all.filter(({ data }) => dataBytes(data) === bytes);
    const old = all.filter((revision) => !same.includes(revision));
    const next = Math.max(0, ...old.map(({ revision }) => revision)) + 1;
    const [newest] = same.sort((a, b) => b.revision - a.revision);
    if (!newest) return { current: await this.create(set, next), old };
    for (const other of same.slice(1)) await this.merge(other, newest, pods);
    if (newest.revision >= next) return { current: newest, old };
    return { current: await this.client.update('controllerrevisions', { ...newest, revision: next }), old };
  }

  /** Deletes the oldest beyond the limit that no pod is of. */
  async truncate(set: DaemonSet, old: readonly ControllerRevision[], pods: readonly Pod[]): Promise<void> {
    const live = new Set(pods.map(({ metadata }) => metadata.labels?.[hashLabel]));
    const surplus = old.length - (set.spec.revisionHistoryLimit ?? 10);
    const unused = [...old]
      .sort((a, b) => a.revision - b.revision)
      .filter(({ metadata }) => !live.has(metadata.labels?.[hashLabel] ?? ''));
    for (const { metadata } of unused.slice(0, Math.max(0, surplus)))
      await this.client.delete('controllerrevisions', metadata.name ?? '', metadata.namespace);
  }

  private async create(set: DaemonSet, revision: number): Promise<ControllerRevision> {
    const { namespace, name = '', annotations } = set.metadata;
    const hash = revisionHash(set.spec.template, set.status.collisionCount ?? 0);
    const made: ControllerRevision = {
      metadata: {
        name: `${name}-${hash}`,
        namespace,
        labels: { ...set.spec.template.metadata?.labels, [hashLabel]: hash },
        ...(annotations ? { annotations: { ...annotations } } : {}),
        ownerReferences: [controllerRef(set)],
      },
      data: revisionData(set),
      revision,
    };
    try {
      return await this.client.create('controllerrevisions', made, namespace);
    } catch (error) {
      if (!isAlreadyExists(error)) throw error;
      const taken = await this.client.get('controllerrevisions', `${name}-${hash}`, namespace);
      if (dataBytes(taken.data) === dataBytes(made.data)) return taken;
      // Another template with the same hash: the next sync takes another name.
      const collisionCount = (set.status.collisionCount ?? 0) + 1;
      await this.client.update('daemonsets', { ...set, status: { ...set.status, collisionCount } }, 'status');
      throw error;
    }
  }

  /** Two revisions of one template: the pods of the one become those of the other. */
  private async merge(from: ControllerRevision, into: ControllerRevision, pods: readonly Pod[]): Promise<void> {
    const [was, is] = [from, into].map(({ metadata }) => metadata.labels?.[hashLabel] ?? metadata.name);
    for (const { metadata } of pods)
      if (metadata.labels?.[hashLabel] === was)
        await this.client.patch('pods', metadata.name ?? '', metadata.namespace, {
          metadata: { labels: { [hashLabel]: is } },
        });
    await this.client.delete('controllerrevisions', from.metadata.name ?? '', from.metadata.namespace);
  }
}
