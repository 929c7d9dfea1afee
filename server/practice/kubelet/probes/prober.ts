import type { Probe } from '../../../../lib/kubernetes/pod';
import type { Clock } from '../../clock';
import { runAction, type ActionTarget } from './action';
import { Threshold } from './threshold';

export type ProbeKind = 'Startup' | 'Liveness' | 'Readiness';

export interface ProberOptions {
  kind: ProbeKind;
  probe: Probe;
  target: ActionTarget;
  clock: Clock;
  /** One failed try: an event on the container. */
  unhealthy(message: string): void;
  /** The threshold was reached. */
  verdict(succeeded: boolean): void;
}

/**
 * Runs one probe of one running container in real time (pkg/kubelet/prober): first after `initialDelaySeconds`, then each
 * `periodSeconds`. A startup probe ends with its first verdict, a liveness probe with its first failure.
 */
export function startProber({ kind, probe, target, clock, unhealthy, verdict }: ProberOptions): { stop(): void } {
  const stopped = new AbortController();
  const threshold = new Threshold(probe);
  const periodMs = (probe.periodSeconds ?? 10) * 1000;
  const run = async () => {
    await clock.sleep((probe.initialDelaySeconds ?? 0) * 1000, stopped.signal);
    for (let due = clock.now(); !stopped.signal.aborted; due += periodMs) {
      const { succeeded, output } = await tryOnce(probe, target, clock, stopped.signal);
      if (stopped.signal.aborted) return;
      if (!succeeded) unhealthy(`${kind} probe failed: ${output}`);
      const outcome = threshold.observe(succeeded);
      if (outcome !== undefined) verdict(outcome);
      if (outcome !== undefined && (kind === 'Startup' || (kind === 'Liveness' && !outcome))) return;
      // A try that took longer than the period is followed at once by the next, never by several.
      due = Math.max(due, clock.now() - periodMs);
      await clock.sleep(due + periodMs - clock.now(), stopped.signal);
    }
  };
  void run();
  return { stop: () => stopped.abort() };
}

async function tryOnce(probe: Probe, target: ActionTarget, clock: Clock, stopped: AbortSignal) {
  const seconds = probe.timeoutSeconds ?? 1;
  const late = new AbortController();
  const timer = clock.after(seconds * 1000, () => late.abort());
  try {
    return await runAction(probe, target, AbortSignal.any([late.signal, stopped]), `${seconds}s`);
  } finally {
    timer.cancel();
  }
}
