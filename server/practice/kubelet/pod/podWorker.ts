import { isPodTerminal, isTerminating, type Container, type Pod } from '../../../../lib/kubernetes/pod';
import { timestamp, type Timer } from '../../clock';
import type { Sandbox } from '../../containers/runtime';
import { isConflict, isNotFound } from '../../status';
import type { Rejection } from '../admission';
import type { NodeDeps } from '../kubeletDeps';
import { mountVolumes } from '../volumes/mountVolumes';
import { PodVolumes } from '../volumes/podVolumes';
import { ContainerKeeper } from './containerKeeper';
import { newRecords, recordsAfterReboot, settleRecords, type ContainerRecord } from './containerRecord';
import { Deadline } from './containerStop';
import type { PodContext } from './podContext';
import { sandboxOptions } from './sandboxOptions';
import { podStatus, rejectedStatus, type PodView } from './podStatus';
import { StatusWriter } from './statusWriter';

/** Simulated work, in milliseconds: making the sandbox and its network; seeing that all has stopped, and cleaning up. */
const sandboxMs = 350;
const stopMs = 600;
/** Changes of several containers that come together are written together. */
const gatherMs = 30;

/**
 * The life of one pod on its node (pkg/kubelet/pod_workers.go): admission, volumes, sandbox, init containers, containers,
 * and its end. What the pod looks like at each moment is `podStatus(…)`; this only makes things happen in order.
 */
export class PodWorker {
  readonly records: ContainerRecord[];
  readonly volumes: PodVolumes;
  /** Joined, not pushed: an array that grew has room for sixteen more, and there are as many as pods. */
  private keepers: readonly ContainerKeeper[] = [];
  private readonly stopping = new AbortController();
  private readonly status: StatusWriter;
  private readonly context: PodContext;
  private readonly view: PodView;
  private readonly wasRunning: boolean;
  private sandbox: Sandbox | undefined;
  private deadline: Deadline | undefined;
  private gathering: Timer | undefined;
  private activeDeadline: Timer | undefined;
  private turn: Promise<unknown> = Promise.resolve();
  private running: Promise<void> = Promise.resolve();
  private keeping: readonly Promise<void>[] = [];
  private ending: Promise<void> | undefined;
  private isGone = false;
  rejection: Rejection | undefined;

  constructor(
    pod: Pod,
    private readonly deps: NodeDeps,
    /** Why the node does not take the pod; asked once, for pods that have not run yet. */
    private readonly admit: (pod: Pod) => Rejection | undefined,
    private readonly finished: () => void,
  ) {
    const { clock, client, nodeIP } = deps;
    const statuses = [...(pod.status.initContainerStatuses ?? []), ...(pod.status.containerStatuses ?? [])];
    this.wasRunning = pod.status.startTime !== undefined;
    this.records = this.wasRunning ? recordsAfterReboot(pod.spec, statuses, clock.now()) : newRecords(pod.spec);
    this.view = {
      records: this.records,
      hostIP: nodeIP,
      startTime: pod.status.startTime ?? timestamp(clock.now()),
      sandboxReady: false,
      isTerminal: false,
    };
    this.status = new StatusWriter(client, pod, (latest) => this.statusFor(latest));
    this.volumes = new PodVolumes(deps, () => this.pod);
    this.context = this.contextOf();
  }

  get pod(): Pod {
    return this.status.pod;
  }

  /** The pod's own network, while it has a sandbox. */
  get currentSandbox(): Sandbox | undefined {
    return this.sandbox;
  }

  start(): void {
    if (isPodTerminal(this.pod)) {
      this.view.isTerminal = true;
      this.stopping.abort();
      if (isTerminating(this.pod)) void this.removeObject();
      return;
    }
    if (isTerminating(this.pod)) return this.terminate();
    this.rejection = this.wasRunning ? undefined : this.admit(this.pod);
    if (this.rejection) return this.reject(this.rejection);
    this.running = this.run().catch((error: unknown) => this.crashed(error));
  }

  /** The object has changed. */
  update(pod: Pod): void {
    this.status.observe(pod);
    if (this.isGone) return;
    if (isTerminating(pod)) return this.terminate();
    this.takeOver(pod);
    this.watchActiveDeadline();
    if (!this.stopping.signal.aborted) this.changed();
  }

  /** The object has gone, without waiting for us: nothing of the pod may stay behind. */
  removed(): void {
    this.isGone = true;
    this.end(1);
    void this.ending?.then(() => this.finished());
  }

  /** The kubelet goes down with its node: everything stops at once and nothing is written. */
  powerOff(): void {
    this.isGone = true;
    this.stopping.abort();
    this.gathering?.cancel();
    this.activeDeadline?.cancel();
    this.volumes.release();
    this.sandbox?.remove();
  }

  private reject(rejection: Rejection): void {
    this.view.isTerminal = true;
    this.stopping.abort();
    this.deps.events.event(this.pod, 'Warning', rejection.reason, rejection.message);
    void this.write();
  }

  private async run(): Promise<void> {
    if (this.wasRunning && this.cannotRunAgain()) return this.endByItself();
    if (this.wasRunning)
      this.deps.events.event(
        this.pod,
        'Normal',
        'SandboxChanged',
        'Pod sandbox changed, it will be killed and re-created.',
      );
    this.watchActiveDeadline();
    await this.write();
    if (!(await mountVolumes(this.volumes, this.deps, () => this.pod, this.stopping.signal))) return;
    if (!(await this.createSandbox())) return;
    const initialized = await this.initialize();
    const { signal } = this.stopping;
    if (initialized && !signal.aborted) {
      await Promise.all(this.keepersOf('regular').map((keeper) => this.keep(keeper)));
    }
    // Not awaited: ending waits for this very run.
    if (!signal.aborted) this.endByItself();
  }

  /** After a reboot nothing of a pod is started again that must not be, or that was done. */
  private cannotRunAgain(): boolean {
    const regular = this.records.filter((r) => r.kind === 'regular');
    const hasRun = regular.some((r) => r.state.terminated ?? r.lastState.terminated);
    const { restartPolicy } = this.pod.spec;
    if (!hasRun || restartPolicy === 'Always' || restartPolicy === undefined) return false;
    return restartPolicy === 'Never' || regular.every((r) => r.state.terminated?.exitCode === 0);
  }

  private async createSandbox(): Promise<boolean> {
    const { clock, pace, runtime, addresses, nodeIP, events } = this.deps;
    await clock.sleep(pace.delay(sandboxMs), this.stopping.signal);
    while (!this.stopping.signal.aborted) {
      try {
        const ip = this.pod.spec.hostNetwork ? nodeIP : addresses.take();
        this.sandbox = runtime.createSandbox(sandboxOptions(this.pod, this.deps, ip));
        this.view.podIP = ip;
        this.view.sandboxReady = true;
        await this.write();
        return !this.stopping.signal.aborted;
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        events.event(this.pod, 'Warning', 'FailedCreatePodSandBox', `Failed to create pod sandbox: ${why}`);
        await clock.sleep(10_000, this.stopping.signal);
      }
    }
    return false;
  }

  /** Runs the init containers in order. False when one has failed for good. */
  private async initialize(): Promise<boolean> {
    for (const record of this.records.filter((r) => r.kind === 'init' || r.kind === 'sidecar')) {
      const keeper = this.keeperOf(record);
      const done = this.keep(keeper);
      if (record.kind === 'sidecar') await keeper.started(done);
      else await done;
      if (this.stopping.signal.aborted) return false;
      if (record.kind === 'init' && record.state.terminated?.exitCode !== 0) return false;
    }
    return true;
  }

  private keep(keeper: ContainerKeeper): Promise<void> {
    const kept = keeper.keep().catch((error: unknown) => this.crashed(error));
    this.keeping = this.keeping.concat(kept);
    return kept;
  }

  private keepersOf(kind: ContainerRecord['kind']): ContainerKeeper[] {
    return this.records.filter((r) => r.kind === kind).map((record) => this.keeperOf(record));
  }

  private keeperOf(record: ContainerRecord): ContainerKeeper {
    const keeper = new ContainerKeeper(record, this.context);
    this.keepers = this.keepers.concat(keeper);
    return keeper;
  }

  private contextOf(): PodContext {
    const { signal } = this.stopping;
    return {
      deps: this.deps,
      volumes: this.volumes,
      stopping: signal,
      pod: () => this.pod,
      sandbox: () => {
        if (!this.sandbox) throw new Error('the pod has no sandbox');
        return this.sandbox;
      },
      changed: (what = 'state') => {
        if (what === 'readiness' || !signal.aborted) this.changed();
      },
      inTurn: (start) => {
        const mine = this.turn.then(start);
        this.turn = mine.catch(() => undefined);
        return mine;
      },
    };
  }

  /** Images that were changed and debug containers that were added (a pod's spec allows little more). */
  private takeOver(pod: Pod): void {
    const all: Container[] = [...(pod.spec.initContainers ?? []), ...pod.spec.containers];
    for (const record of this.records) {
      const spec = all.find((container) => container.name === record.spec.name);
      if (!spec) continue;
      const isNewImage = spec.image !== record.spec.image;
      record.spec = spec;
      if (!isNewImage) continue;
      const keeper = this.keepers.find((k) => k.record === record);
      const message = `Container ${spec.name} definition changed, will be restarted`;
      void keeper?.end(message, pod.spec.terminationGracePeriodSeconds ?? 30, true);
    }
    const known = new Set(this.records.map((r) => r.spec.name));
    for (const spec of pod.spec.ephemeralContainers ?? []) {
      if (known.has(spec.name) || !this.sandbox || this.stopping.signal.aborted) continue;
      const record = newRecords({ containers: [], ephemeralContainers: [spec] })[0];
      if (!record) continue;
      this.records.push(record);
      void this.keep(this.keeperOf(record));
    }
  }

  /** A deadline may be set and brought nearer while the pod runs. */
  private watchActiveDeadline(): void {
    const { activeDeadlineSeconds } = this.pod.spec;
    this.activeDeadline?.cancel();
    if (activeDeadlineSeconds === undefined || this.stopping.signal.aborted) return;
    const at = Date.parse(this.view.startTime) + activeDeadlineSeconds * 1000;
    this.activeDeadline = this.deps.clock.after(at - this.deps.clock.now(), () => {
      if (this.stopping.signal.aborted) return;
      const message = 'Pod was active on the node longer than the specified deadline';
      this.view.verdict = { reason: 'DeadlineExceeded', message };
      this.deps.events.event(this.pod, 'Normal', 'DeadlineExceeded', message);
      this.end(this.pod.spec.terminationGracePeriodSeconds ?? 30);
    });
  }

  /** All containers have ended and none is to be started again. */
  private endByItself(): void {
    this.end(this.pod.spec.terminationGracePeriodSeconds ?? 30);
  }

  private terminate(): void {
    const { deletionGracePeriodSeconds, deletionTimestamp } = this.pod.metadata;
    const grace = deletionGracePeriodSeconds ?? 30;
    // After a restart of the node part of the grace period is over already.
    const due = Date.parse(deletionTimestamp ?? '') - this.deps.clock.now();
    this.end(Math.max(1, Math.min(grace, Number.isNaN(due) ? grace : Math.ceil(due / 1000))));
    void this.ending?.then(() => this.removeObject());
  }

  private end(graceSeconds: number): void {
    const at = this.deps.clock.now() + graceSeconds * 1000;
    this.deadline?.bringForward(at);
    this.deadline ??= new Deadline(this.deps.clock, at);
    this.ending ??= this.stopAll(this.deadline).catch((error: unknown) => this.crashed(error));
  }

  private async stopAll(deadline: Deadline): Promise<void> {
    const { clock, pace } = this.deps;
    this.stopping.abort();
    this.activeDeadline?.cancel();
    await this.write();
    await this.stopContainers(deadline);
    await clock.sleep(pace.delay(stopMs));
    this.sandbox?.remove();
    if (this.view.podIP && this.sandbox) this.deps.addresses.release(this.view.podIP);
    this.sandbox = undefined;
    this.volumes.release();
    settleRecords(this.records);
    this.view.sandboxReady = false;
    this.view.isTerminal = true;
    await this.write();
  }

  /** Sidecars end last, in reverse order. */
  private async stopContainers(deadline: Deadline): Promise<void> {
    const running = this.keepers.filter((keeper) => keeper.isRunning);
    const stop = (keeper: ContainerKeeper) => keeper.stop(`Stopping container ${keeper.record.spec.name}`, deadline);
    await Promise.all(running.filter((k) => k.record.kind !== 'sidecar').map(stop));
    for (const keeper of running.filter((k) => k.record.kind === 'sidecar').reverse()) await stop(keeper);
    // A container that was just being started when the pod had to end is ended by its keeper.
    await this.turn;
    await Promise.all([this.running, ...this.keeping]);
  }

  /** The last word on a deleted pod: the API lets go of it, unless a finalizer holds it. */
  private async removeObject(): Promise<void> {
    if (this.isGone) return;
    const { name = '', namespace, uid } = this.pod.metadata;
    try {
      await this.deps.client.delete('pods', name, namespace, { gracePeriodSeconds: 0, preconditions: { uid } });
    } catch (error) {
      if (!isNotFound(error) && !isConflict(error)) throw error;
    }
  }

  private changed(): void {
    if (this.gathering || this.isGone) return;
    this.gathering = this.deps.clock.after(this.deps.pace.delay(gatherMs), () => {
      this.gathering = undefined;
      void this.write();
    });
  }

  private async write(): Promise<void> {
    if (this.isGone) return;
    await this.status.write().catch((error: unknown) => this.crashed(error));
  }

  private statusFor(pod: Pod) {
    const now = this.deps.clock.now();
    return this.rejection ? rejectedStatus(pod, this.rejection, now) : podStatus(pod, this.view, now);
  }

  private crashed(error: unknown): void {
    const why = error instanceof Error ? error.message : String(error);
    this.deps.events.event(this.pod, 'Warning', 'FailedSync', `error determining status: ${why}`);
  }
}
