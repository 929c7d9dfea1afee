import type { Pod } from '../../../../lib/kubernetes/pod';
import type { StatefulSet, StatefulSetStatus } from '../../../../lib/kubernetes/statefulSet';
import type { ApiClient } from '../../client';
import type { Clock } from '../../clock';
import { isConflict } from '../../status';
import { joinErrors } from '../runtime/errors';
import type { EventRecorder } from '../runtime/events';
import { keyOf, type Informers } from '../runtime/informer';
import type { OwnWrites } from '../runtime/ownWrites';
import type { History } from './history';
import { plan, type Phase, type Step } from './plan';
import { PodControl } from './podControl';
import { isStatusChanged, statusToWrite, withRolloutCompleted, type Revisions } from './status';

export interface SetSyncOptions {
  client: ApiClient;
  informers: Informers;
  clock: Clock;
  recorder: EventRecorder;
  writes: OwnWrites;
  history: History;
  isMaxUnavailableOn?: boolean;
}

/** Upstream's MaxBatchSize: so many pods are worked on at once in parallel mode. */
const largestBatch = 500;
/** client-go's DefaultRetry. */
const statusTries = 5;

/** One sync of one set: its revisions, its plan carried out, its status, its history (stateful_set_control.go). */
export class SetSync {
  private readonly podControl: PodControl;

  constructor(private readonly options: SetSyncOptions) {
    this.podControl = new PodControl(options);
  }

  /** `now` in milliseconds. Returns the status as written, or as it already was. */
  async run(set: StatefulSet, pods: readonly Pod[], now: number): Promise<StatefulSetStatus> {
    const { history } = this.options;
    const revisions = history.list(set);
    const errors: unknown[] = [];
    let used: Revisions | undefined;
    let status: StatefulSetStatus = set.status;
    try {
      used = await history.choose(set, revisions);
      status = await this.update(set, pods, used, now);
    } catch (error) {
      errors.push(error);
    }
    try {
      await history.truncate(set, pods, revisions, used);
    } catch (error) {
      errors.push(error);
    }
    if (errors.length > 0) throw joinErrors(errors);
    return status;
  }

  private async update(
    set: StatefulSet,
    pods: readonly Pod[],
    used: Revisions,
    now: number,
  ): Promise<StatefulSetStatus> {
    const claims = this.options.informers.for('persistentvolumeclaims');
    const { phases, status } = plan({
      ...used,
      set,
      pods,
      now,
      claim: (name) => claims.get(name, set.metadata.namespace),
      isMaxUnavailableOn: this.options.isMaxUnavailableOn,
    });
    let failure: unknown;
    let replaced = 0;
    const run = async (step: Step) => {
      await this.podControl.run(set, step);
      if (step.do === 'deletePod' && step.takesFromCurrent) replaced++;
    };
    try {
      for (const phase of phases) await runPhase(phase, run);
    } catch (error) {
      failure = error;
    }
    // The status is told even when a step failed: what did happen must be seen.
    const reached = { ...status, currentReplicas: (status.currentReplicas ?? 0) - replaced };
    const complete = withRolloutCompleted(set, reached);
    try {
      if (isStatusChanged(set, complete)) await this.writeStatus(set, complete);
    } catch (error) {
      throw failure ?? error;
    }
    if (failure) throw failure;
    return complete;
  }

  private async writeStatus(set: StatefulSet, status: StatefulSetStatus): Promise<void> {
    const { client, clock, informers, writes } = this.options;
    let known = set;
    for (let attempt = 1; ; attempt++)
      try {
        const written = await client.update('statefulsets', { ...known, status: statusToWrite(status) }, 'status');
        return writes.note(keyOf(set), 'statefulsets', written);
      } catch (error) {
        if (!isConflict(error) || attempt === statusTries) throw error;
        await clock.sleep(10);
        known = informers.for('statefulsets').get(set.metadata.name ?? '', set.metadata.namespace) ?? known;
      }
  }
}

async function runPhase({ isOrdered, work }: Phase, run: (step: Step) => Promise<void>): Promise<void> {
  const runPod = async (steps: Step[]) => {
    for (const step of steps) await run(step);
  };
  if (isOrdered) {
    for (const steps of work) await runPod(steps);
    return;
  }
  // Slow start: if the API refuses, it refuses a few calls and not hundreds.
  for (let done = 0, size = 1; done < work.length; done += size, size = Math.min(2 * size, largestBatch)) {
    const results = await Promise.allSettled(work.slice(done, done + size).map(runPod));
    const errors = results.flatMap((r) => (r.status === 'rejected' ? [r.reason as unknown] : []));
    if (errors.length > 0) throw joinErrors(errors);
  }
}
