import { isTerminating, type Pod } from '../../../../lib/kubernetes/pod';

/**
 * Pods that were told to go and do not show it in the cache yet, by owner: counted as they look, they would be missed and others
 * deleted too (the deletions among upstream's ControllerExpectations).
 */
export class LeavingPods {
  private readonly byOwner = new Map<string, Set<string>>();

  /** The cache still shows one of them as if it stayed: the owner's next sync has to wait for it. */
  areAwaited(owner: string, pods: readonly Pod[]): boolean {
    const leaving = this.byOwner.get(owner);
    if (pods.some((pod) => leaving?.has(pod.metadata.uid ?? '') && !isTerminating(pod))) return true;
    this.byOwner.delete(owner);
    return false;
  }

  /** Deletes all of them at once, and throws the first failure when all have been tried. */
  async send(owner: string, pods: readonly Pod[], remove: (pod: Pod) => Promise<void>): Promise<void> {
    const leaving = new Set(pods.map((pod) => pod.metadata.uid ?? ''));
    this.byOwner.set(owner, leaving);
    const results = await Promise.allSettled(
      pods.map(async (pod) => {
        try {
          await remove(pod);
        } catch (error) {
          leaving.delete(pod.metadata.uid ?? '');
          throw error;
        }
      }),
    );
    const failed = results.find((result) => result.status === 'rejected');
    if (failed) throw failed.reason;
  }

  forget(owner: string): void {
    this.byOwner.delete(owner);
  }
}
