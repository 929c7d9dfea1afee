import { equalJson } from '../../../../lib/kubernetes/equal';
import type { Pod, PodStatus } from '../../../../lib/kubernetes/pod';
import type { ApiClient } from '../../client';
import { isConflict, isNotFound } from '../../status';

/**
 * Writes one pod's status (pkg/kubelet/status/status_manager.go): one write at a time, those asked for meanwhile become
 * one. A status that says nothing new is not written.
 */
export class StatusWriter {
  private latest: Pod;
  private queued: Promise<void> | undefined;
  private last: Promise<void> = Promise.resolve();

  constructor(
    private readonly client: ApiClient,
    pod: Pod,
    /** The status that `pod`, as the API has it, should have now. */
    private readonly statusOf: (pod: Pod) => PodStatus,
  ) {
    this.latest = pod;
  }

  /** The newest pod seen, from a watch or from the answer to a write. */
  get pod(): Pod {
    return this.latest;
  }

  /** What the watch brings may be older than the answer to our own last write. */
  observe(pod: Pod): void {
    if (revisionOf(pod) >= revisionOf(this.latest)) this.latest = pod;
  }

  /** Resolves when a status no older than this call is stored, or the pod is gone. */
  write(): Promise<void> {
    this.queued ??= this.last = this.last.then(() => {
      this.queued = undefined;
      return this.store();
    });
    return this.queued;
  }

  private async store(): Promise<void> {
    for (let tries = 0; tries < 10; tries++) {
      const pod = this.latest;
      const status = this.statusOf(pod);
      if (equalJson(status, pod.status)) return;
      try {
        return this.observe(await this.client.update('pods', { ...pod, status }, 'status'));
      } catch (error) {
        if (isNotFound(error)) return;
        if (!isConflict(error)) throw error;
        if (!(await this.reload())) return;
      }
    }
  }

  private async reload(): Promise<boolean> {
    const { name = '', namespace, uid } = this.latest.metadata;
    const pod = await this.client.get('pods', name, namespace).catch((error: unknown) => {
      if (isNotFound(error)) return undefined;
      throw error;
    });
    // Another pod may have taken the name: its status is not ours to write.
    if (pod?.metadata.uid !== uid || !pod) return false;
    this.latest = pod;
    return true;
  }
}

function revisionOf(pod: Pod): number {
  return Number(pod.metadata.resourceVersion ?? 0);
}
