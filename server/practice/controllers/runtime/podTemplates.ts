import type { KubernetesObject } from '../../../../lib/kubernetes/metadata';
import type { Pod, PodTemplateSpec } from '../../../../lib/kubernetes/pod';
import type { ApiClient, Draft } from '../../client';
import { isNotFound } from '../../status';
import { controllerRef } from './controllerRefs';
import { isNamespaceTerminating, messageOf } from './errors';
import type { EventRecorder } from './events';

/** A new pod of `owner` (GetPodFromTemplate in pkg/controller/controller_utils.go). */
export function podFromTemplate(owner: KubernetesObject, { metadata = {}, spec }: PodTemplateSpec): Draft<Pod> {
  const { name = '' } = owner.metadata;
  // The dash makes the name prettier; one too long for it goes without.
  const generateName = name.length < 253 ? `${name}-` : name;
  const { labels, annotations, finalizers } = metadata;
  return {
    metadata: {
      generateName,
      ...(labels ? { labels: { ...labels } } : {}),
      ...(annotations ? { annotations: { ...annotations } } : {}),
      ...(finalizers ? { finalizers: [...finalizers] } : {}),
      ownerReferences: [controllerRef(owner)],
    },
    spec,
  };
}

/** RealPodControl's words for what happens to single pods; `owner` is what the events are about. */
export class TemplatePods {
  constructor(
    private readonly client: ApiClient,
    private readonly recorder: EventRecorder,
  ) {}

  async create(owner: KubernetesObject, draft: Draft<Pod>): Promise<Pod> {
    if (Object.keys(draft.metadata.labels ?? {}).length === 0) throw new Error('unable to create pods, no labels');
    try {
      const made = await this.client.create('pods', draft, owner.metadata.namespace);
      this.recorder.event(owner, 'Normal', 'SuccessfulCreate', `Created pod: ${made.metadata.name}`);
      return made;
    } catch (error) {
      if (!isNamespaceTerminating(error))
        this.recorder.event(owner, 'Warning', 'FailedCreate', `Error creating: ${messageOf(error)}`);
      throw error;
    }
  }

  /** A pod that is gone already is no failure. */
  async delete(owner: KubernetesObject, name: string): Promise<void> {
    try {
      await this.client.delete('pods', name, owner.metadata.namespace);
    } catch (error) {
      if (isNotFound(error)) return;
      this.recorder.event(owner, 'Warning', 'FailedDelete', `Error deleting: ${messageOf(error)}`);
      throw new Error(`unable to delete pods: ${messageOf(error)}`, { cause: error });
    }
    this.recorder.event(owner, 'Normal', 'SuccessfulDelete', `Deleted pod: ${name}`);
  }
}
