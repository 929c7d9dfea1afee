import type { Probe, ProbeAction } from '../../../../lib/kubernetes/pod';
import type { ContainerExit, RunningContainer } from '../../containers/runtime';
import { runAction, type ActionTarget } from '../probes/action';
import { startProber, type ProbeKind } from '../probes/prober';
import { goDuration } from '../duration';
import { restartsAfter, terminatedState, type ContainerRecord } from './containerRecord';
import { markWaiting, startContainer, type StartFailure } from './containerStart';
import { Deadline, stopContainer } from './containerStop';
import { containerEvent, podText, type PodContext } from './podContext';
import { terminationMessage } from './terminationMessage';

/** How long the kubelet needs to notice that a container has ended and to act (its event loop relists every second). */
const relistMs = 700;
/** A container that ends at once is seen to have run for about this long. */
const shortestRunMs = 500;
/** A failed start is tried again this often, and says so each time. */
const resyncMs = 12_000;

/**
 * Keeps one container of a pod as its restart policy wants it: starts it, watches its probes and its end, backs off and
 * starts it again, until it need not run any more or the pod is stopping.
 */
export class ContainerKeeper {
  private probers: { kind: ProbeKind; stop(): void }[] = [];
  private run: RunningContainer | undefined;
  /** Set while the kubelet itself ends a run, so that it is started again whatever the policy says. */
  private mustRestart = false;
  private readonly onStarted: (() => void)[] = [];

  constructor(
    readonly record: ContainerRecord,
    private readonly context: PodContext,
  ) {}

  get isRunning(): boolean {
    return this.run !== undefined;
  }

  /** Resolves when the container has ended for good. */
  async keep(): Promise<void> {
    const { stopping, inTurn } = this.context;
    while (!stopping.aborted) {
      const outcome = await inTurn(() => this.start());
      if (!outcome) return;
      const exit = 'exited' in outcome ? await this.watch(outcome) : undefined;
      if (stopping.aborted || !this.shouldContinue(exit, outcome)) return;
      await (exit || ('ended' in outcome && outcome.ended)
        ? this.backOff(outcome, exit?.finishedAt)
        : this.waitToRetry(outcome));
    }
  }

  /** Resolves when the container counts as started (its startup probe has passed), or will not run any more. */
  async started(done: Promise<void>): Promise<void> {
    await Promise.race([
      done,
      new Promise<void>((resolve) => (this.record.started ? resolve() : this.onStarted.push(resolve))),
    ]);
  }

  /** Ends the current run for a reason of the kubelet's own (a failed probe, a new image). */
  async end(message: string, graceSeconds: number, mustRestart: boolean): Promise<void> {
    const { run } = this;
    if (!run || this.context.stopping.aborted) return;
    this.mustRestart ||= mustRestart;
    const { clock } = this.context.deps;
    await this.stop(message, new Deadline(clock, clock.now() + graceSeconds * 1000), run);
  }

  /** Ends whatever runs by the deadline. Safe to call when nothing runs. */
  async stop(message: string, deadline: Deadline, run = this.run): Promise<void> {
    if (!run) return;
    this.stopProbers((kind) => kind !== 'Readiness');
    containerEvent(this.context, this.record, 'Normal', 'Killing', message);
    const hook = this.record.spec.lifecycle?.preStop;
    await stopContainer(
      run,
      this.record.stopSignal ?? 'SIGTERM',
      this.context.deps.clock,
      deadline,
      hook && (() => this.preStop(hook, run)),
    );
  }

  private async start(): Promise<RunningContainer | StartFailure | undefined> {
    if (this.context.stopping.aborted) return undefined;
    const outcome = await startContainer(this.context, this.record);
    if (!('exited' in outcome)) return outcome;
    this.run = outcome;
    if (this.context.stopping.aborted) outcome.signal('SIGKILL');
    else await this.postStart(outcome);
    return outcome;
  }

  private async watch(run: RunningContainer): Promise<ContainerExit> {
    const { record, context } = this;
    if (!context.stopping.aborted) this.startProbing(run);
    context.changed();
    const exit = await run.exited;
    // However short a run, it was seen running: the kubelet looks only so often.
    const { clock, pace } = context.deps;
    await clock.sleep(run.startedAt + pace.delay(shortestRunMs) - clock.now(), context.stopping);
    this.stopProbers();
    this.run = undefined;
    record.state = terminatedState(run, exit, terminationMessage(record.spec, run, exit));
    record.started = false;
    record.ready = record.kind === 'init' && exit.code === 0 && !exit.signal;
    context.changed();
    return exit;
  }

  private shouldContinue(exit: ContainerExit | undefined, outcome: RunningContainer | StartFailure): boolean {
    const isStartFailure = !exit && !('ended' in outcome && outcome.ended);
    if (isStartFailure || this.mustRestart) return true;
    const code = this.record.state.terminated?.exitCode ?? 0;
    return restartsAfter(this.record, this.context.pod().spec, code);
  }

  private async waitToRetry(outcome: RunningContainer | StartFailure): Promise<void> {
    const { deps, stopping } = this.context;
    const image = this.record.spec.image ?? '';
    const reason = 'reason' in outcome ? outcome.reason : '';
    const untilPull = deps.images.retryAt(this.context.pod().metadata.uid ?? '', image) - deps.clock.now();
    const delay =
      reason === 'ErrImagePull' ? 1000 : reason === 'ImagePullBackOff' ? Math.min(untilPull, resyncMs) : resyncMs / 2;
    await deps.clock.sleep(Math.max(100, delay), stopping);
  }

  /** Waits as CrashLoopBackOff for as long as it takes: nothing the first time, then 10 s and double each time. */
  private async backOff(outcome: RunningContainer | StartFailure, endedAt?: number): Promise<void> {
    const { deps, stopping } = this.context;
    const { clock, restarts, pace } = deps;
    const pod = this.context.pod();
    const key = `${pod.metadata.uid}/${this.record.spec.name}/${this.record.spec.image}`;
    const since = endedAt ?? clock.now();
    const delay = restarts.delayAfter(key, since);
    if ('reason' in outcome) markWaiting(this.record, outcome.reason, this.record.state.terminated?.message);
    this.context.changed();
    await clock.sleep(pace.delay(relistMs), stopping);
    const text = `restarting failed container=${this.record.spec.name} pod=${podText(pod)}`;
    while (delay > 0 && clock.now() < since + delay && !stopping.aborted) {
      markWaiting(this.record, 'CrashLoopBackOff', `back-off ${goDuration(delay)} ${text}`);
      const message = `Back-off restarting failed container ${this.record.spec.name} in pod ${podText(pod)}`;
      containerEvent(this.context, this.record, 'Warning', 'BackOff', message);
      this.context.changed();
      await clock.sleep(Math.min(since + delay - clock.now(), resyncMs), stopping);
    }
    restarts.next(key, since, clock.now());
    this.mustRestart = false;
  }

  private startProbing(run: RunningContainer): void {
    const { startupProbe } = this.record.spec;
    if (startupProbe)
      this.probe('Startup', startupProbe, run, (passed) =>
        passed ? this.markStarted(run) : this.unhealthy('startup', startupProbe),
      );
    else this.markStarted(run);
  }

  private markStarted(run: RunningContainer): void {
    const { livenessProbe, readinessProbe } = this.record.spec;
    this.record.started = true;
    for (const resolve of this.onStarted.splice(0)) resolve();
    this.record.ready = this.record.kind !== 'init' && this.record.kind !== 'ephemeral' && !readinessProbe;
    if (readinessProbe) this.probe('Readiness', readinessProbe, run, (ready) => this.setReady(ready));
    if (livenessProbe)
      this.probe('Liveness', livenessProbe, run, (alive) => alive || this.unhealthy('liveness', livenessProbe));
    this.context.changed();
  }

  private setReady(ready: boolean): void {
    if (this.record.ready === ready) return;
    this.record.ready = ready;
    this.context.changed('readiness');
  }

  private unhealthy(kind: string, probe: Probe): void {
    const { spec } = this.context.pod();
    const policy = this.record.spec.restartPolicy ?? spec.restartPolicy;
    const ending = policy === 'Never' ? '' : ', will be restarted';
    const grace = probe.terminationGracePeriodSeconds ?? spec.terminationGracePeriodSeconds ?? 30;
    void this.end(`Container ${this.record.spec.name} failed ${kind} probe${ending}`, grace, false);
  }

  private probe(kind: ProbeKind, probe: Probe, run: RunningContainer, verdict: (succeeded: boolean) => void): void {
    const prober = startProber({
      kind,
      probe,
      target: this.targetOf(run),
      clock: this.context.deps.clock,
      unhealthy: (message) => containerEvent(this.context, this.record, 'Warning', 'Unhealthy', message),
      verdict,
    });
    this.probers.push({ kind, stop: prober.stop });
  }

  private stopProbers(only: (kind: ProbeKind) => boolean = () => true): void {
    for (const prober of this.probers) if (only(prober.kind)) prober.stop();
    this.probers = this.probers.filter((prober) => !only(prober.kind));
  }

  private targetOf(run: RunningContainer): ActionTarget {
    const sandbox = this.context.sandbox();
    return {
      container: this.record.spec,
      run,
      ip: sandbox.ip,
      connect: (port) => sandbox.connect(port),
    };
  }

  /** Blocks the start of the pod's next container; a failing hook ends the container (FailedPostStartHook). */
  private async postStart(run: RunningContainer): Promise<void> {
    const hook = this.record.spec.lifecycle?.postStart;
    if (!hook) return;
    const outcome = await Promise.race([this.runHook(hook, run), run.exited.then(() => undefined)]);
    if (!outcome || outcome.succeeded) return;
    containerEvent(this.context, this.record, 'Warning', 'FailedPostStartHook', 'PostStartHook failed');
    void this.end('FailedPostStartHook', this.context.pod().spec.terminationGracePeriodSeconds ?? 30, false);
  }

  private async preStop(hook: ProbeAction & { sleep?: { seconds: number } }, run: RunningContainer): Promise<void> {
    if (hook.sleep) return this.context.deps.clock.sleep(hook.sleep.seconds * 1000);
    const outcome = await this.runHook(hook, run);
    if (!outcome.succeeded)
      containerEvent(this.context, this.record, 'Warning', 'FailedPreStopHook', 'PreStopHook failed');
  }

  private runHook(hook: ProbeAction, run: RunningContainer) {
    return runAction(hook, this.targetOf(run), new AbortController().signal, '');
  }
}
