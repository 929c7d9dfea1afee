import { describe, expect, it } from 'vitest';
import type { Container } from '../../../lib/kubernetes/pod';
import { isPodReady, podCondition } from '../../../lib/kubernetes/pod';
import { podNamed, TestCluster } from './testing/testCluster';

const busybox = (rest: Partial<Container> = {}): Container => ({
  name: 'c',
  image: 'busybox',
  imagePullPolicy: 'IfNotPresent',
  ...rest,
});

const distinct = (rows: string[]) => rows.filter((row, index) => row !== rows[index - 1]);

describe('restarts', () => {
  it('backs off 10 s, then twice as long each time, as CrashLoopBackOff', async () => {
    const cluster = new TestCluster();
    cluster.runtime.behaviours.busybox = { exits: { afterMs: 200, code: 3 }, terminationMessage: 'bye\n' };
    await cluster.run({ containers: [busybox()] });
    await cluster.advance(60_000);
    const starts = cluster.runtime.containers.map((c) => c.startedAt);
    const gaps = starts.slice(1).map((at, index) => Math.round((at - (starts[index] ?? 0)) / 1000));
    expect(gaps.slice(0, 4)).toEqual([1, 10, 20]);
    expect(distinct(cluster.rows).slice(0, 8)).toEqual([
      'web-0 0/1 Pending',
      'web-0 0/1 ContainerCreating',
      'web-0 1/1 Running',
      'web-0 0/1 Error',
      'web-0 1/1 Running',
      'web-0 0/1 Error',
      'web-0 0/1 CrashLoopBackOff',
      'web-0 1/1 Running',
    ]);
    const { metadata, status } = cluster.pod();
    const text = `restarting failed container=c pod=web-0_default(${metadata.uid})`;
    expect(status.phase).toBe('Running');
    expect(status.containerStatuses?.[0]).toMatchObject({
      restartCount: 3,
      ready: false,
      started: false,
      state: { waiting: { reason: 'CrashLoopBackOff', message: `back-off 40s ${text}` } },
      lastState: { terminated: { exitCode: 3, reason: 'Error', message: 'bye\n' } },
    });
    expect(cluster.events()).toContain(
      `Warning BackOff Back-off restarting failed container c in pod web-0_default(${metadata.uid})`,
    );
  });

  it.each([
    ['Never', 0, 'Succeeded', 1],
    ['Never', 2, 'Failed', 1],
    ['OnFailure', 0, 'Succeeded', 1],
    ['OnFailure', 2, 'Running', 2],
    ['Always', 0, 'Running', 2],
  ] as const)('%s after exit code %i: %s', async (restartPolicy, code, phase, runs) => {
    const cluster = new TestCluster();
    cluster.runtime.behaviours.busybox = { exits: { afterMs: 2000, code } };
    await cluster.run({ restartPolicy, containers: [busybox()] });
    await cluster.advance(5000);
    expect(cluster.pod().status.phase).toBe(phase);
    expect(cluster.runtime.containers).toHaveLength(runs);
    expect(cluster.runtime.sandboxes[0]?.isRemoved).toBe(phase !== 'Running');
    const ready = podCondition(cluster.pod(), 'Ready');
    if (phase === 'Succeeded') expect(ready?.reason).toBe('PodCompleted');
    if (phase === 'Failed') expect(ready?.reason).toBe('PodFailed');
  });

  it('restarts a container in place when its image changes', async () => {
    const cluster = new TestCluster();
    await cluster.run();
    await cluster.advance(3000);
    const containers = [{ ...cluster.pod().spec.containers[0], name: 'nginx', image: 'nginx:2' }];
    await cluster.api.patch('pods', 'web-0', 'default', { spec: { containers } });
    await cluster.advance(3000);
    expect(cluster.events()).toContain('Normal Killing Container nginx definition changed, will be restarted');
    expect(cluster.pod().status.containerStatuses?.[0]).toMatchObject({
      restartCount: 1,
      image: 'nginx:2',
      ready: true,
    });
    expect(cluster.runtime.sandboxes).toHaveLength(1);
  });
});

describe('starts that fail', () => {
  it('shows ErrImagePull, then ImagePullBackOff, and tries again after 10 s', async () => {
    const cluster = new TestCluster();
    cluster.runtime.behaviours.nope = { pullError: 'no such image' };
    await cluster.run({ containers: [busybox({ image: 'nope' })] });
    await cluster.advance(5000);
    expect(distinct(cluster.rows).slice(-2)).toEqual(['web-0 0/1 ErrImagePull', 'web-0 0/1 ImagePullBackOff']);
    expect(cluster.pod().status).toMatchObject({
      phase: 'Pending',
      containerStatuses: [
        {
          image: 'nope',
          imageID: '',
          state: { waiting: { message: 'Back-off pulling image "nope": ErrImagePull: no such image' } },
        },
      ],
    });
    expect(cluster.events().slice(1)).toEqual([
      'Normal Pulling Pulling image "nope"',
      'Warning Failed Failed to pull image "nope": no such image',
      'Warning Failed Error: ErrImagePull',
      'Normal BackOff Back-off pulling image "nope"',
      'Warning Failed Error: ImagePullBackOff',
    ]);
    delete cluster.runtime.behaviours.nope;
    await cluster.advance(12_000);
    expect(isPodReady(cluster.pod())).toBe(true);
  });

  it('names an image that cannot be, and one that must not be pulled', async () => {
    const cluster = new TestCluster();
    await cluster.run({ containers: [busybox({ image: 'Bad Image' })] }, 'bad');
    await cluster.run({ containers: [busybox({ imagePullPolicy: 'Never' })] }, 'never');
    await cluster.advance(3000);
    expect(cluster.pod('bad').status.containerStatuses?.[0]?.state?.waiting?.reason).toBe('InvalidImageName');
    expect(cluster.pod('never').status.containerStatuses?.[0]?.state?.waiting).toEqual({
      reason: 'ErrImageNeverPull',
      message: 'Container image "busybox" is not present with pull policy of Never',
    });
  });

  it.each([
    ['Always', 'Running', 'waiting'],
    ['Never', 'Failed', 'terminated'],
  ] as const)('reports a command that is not there (restart policy %s)', async (restartPolicy, phase, state) => {
    const cluster = new TestCluster();
    cluster.runtime.behaviours.busybox = { startError: 'exec: "nosuch": executable file not found in $PATH: unknown' };
    await cluster.run({ restartPolicy, containers: [busybox()] });
    await cluster.advance(2500);
    expect(cluster.pod().status.phase).toBe(phase);
    const status = cluster.pod().status.containerStatuses?.[0];
    expect(Object.keys(status?.state ?? {})).toEqual([state]);
    const ended = status?.state?.terminated ?? status?.lastState?.terminated;
    expect(ended).toMatchObject({ exitCode: 128, reason: 'StartError', startedAt: '1970-01-01T00:00:00Z' });
    expect(distinct(cluster.rows).slice(2)).toContain(
      restartPolicy === 'Never' ? 'web-0 0/1 StartError' : 'web-0 0/1 RunContainerError',
    );
  });

  it('waits for a ConfigMap that the environment needs', async () => {
    const cluster = new TestCluster();
    await cluster.run({ containers: [busybox({ envFrom: [{ configMapRef: { name: 'conf' } }] })] });
    await cluster.advance(3000);
    expect(cluster.pod().status.containerStatuses?.[0]?.state?.waiting).toEqual({
      reason: 'CreateContainerConfigError',
      message: 'configmap "conf" not found',
    });
    expect(cluster.events()).toContain('Warning Failed Error: configmap "conf" not found');
    await cluster.api.create('configmaps', { metadata: { name: 'conf', namespace: 'default' }, data: { A: 'b' } });
    await cluster.advance(10_000);
    expect(cluster.container('c').options.env).toContainEqual(['A', 'b']);
  });

  it('waits for a ConfigMap that a volume needs, and can be deleted meanwhile', async () => {
    const cluster = new TestCluster();
    const volumes = [{ name: 'v', configMap: { name: 'nope' } }];
    await cluster.run({ volumes, containers: [busybox({ volumeMounts: [{ name: 'v', mountPath: '/x' }] })] });
    await cluster.advance(5000);
    expect(cluster.events()).toContain(
      'Warning FailedMount MountVolume.SetUp failed for volume "v" : configmap "nope" not found',
    );
    cluster.rows.length = 0;
    await cluster.api.delete('pods', 'web-0', 'default');
    await cluster.advance(5000);
    expect(cluster.rows).toEqual([
      'web-0 0/1 Terminating',
      'web-0 0/1 Terminating',
      'web-0 0/1 ContainerStatusUnknown',
      'web-0 0/1 ContainerStatusUnknown',
    ]);
  });
});

describe('init containers', () => {
  it('run in order, sidecars stay, the pod completes when its containers do', async () => {
    const cluster = new TestCluster();
    cluster.runtime.behaviours.init = { exits: { afterMs: 2000, code: 0 } };
    cluster.runtime.behaviours.busybox = { exits: { afterMs: 4000, code: 0 } };
    await cluster.run({
      restartPolicy: 'Never',
      initContainers: [
        { name: 'i', image: 'init' },
        { name: 's', image: 'sidecar', restartPolicy: 'Always' },
      ],
      containers: [busybox()],
    });
    await cluster.advance(15_000);
    expect(distinct(cluster.rows)).toEqual([
      'web-0 0/2 Pending',
      'web-0 0/2 Init:0/2',
      'web-0 0/2 Init:1/2',
      'web-0 1/2 PodInitializing',
      'web-0 2/2 Running',
      'web-0 1/2 Completed',
      'web-0 0/2 Completed',
    ]);
    expect(cluster.pod().status.phase).toBe('Succeeded');
    expect(cluster.events()).toContain('Normal Killing Stopping container s');
  });

  it('fail the pod when they fail for good', async () => {
    const cluster = new TestCluster();
    cluster.runtime.behaviours.init = { exits: { afterMs: 100, code: 4 } };
    await cluster.run({
      restartPolicy: 'Never',
      initContainers: [{ name: 'i', image: 'init' }],
      containers: [busybox()],
    });
    await cluster.advance(5000);
    expect(distinct(cluster.rows).slice(-1)).toEqual(['web-0 0/1 Init:Error']);
    expect(cluster.pod().status).toMatchObject({
      phase: 'Failed',
      containerStatuses: [{ state: { waiting: { reason: 'PodInitializing' } } }],
    });
    expect(podCondition(cluster.pod(), 'Initialized')).toMatchObject({
      status: 'False',
      reason: 'ContainersNotInitialized',
      message: 'containers with incomplete status: [i]',
    });
  });
});

describe('probes', () => {
  it('readiness follows the HTTP status', async () => {
    const cluster = new TestCluster();
    let status = 404;
    cluster.runtime.behaviours.nginx = { http: () => status };
    const readinessProbe = { httpGet: { path: '/index.html', port: 80 }, periodSeconds: 1, failureThreshold: 1 };
    await cluster.run({ containers: [{ name: 'nginx', image: 'nginx', readinessProbe }] });
    await cluster.advance(3000);
    expect(podCondition(cluster.pod(), 'Ready')).toMatchObject({
      status: 'False',
      reason: 'ContainersNotReady',
      message: 'containers with unready status: [nginx]',
    });
    expect(cluster.events()).toContain(
      'Warning Unhealthy Readiness probe failed: HTTP probe failed with statuscode: 404',
    );
    status = 200;
    await cluster.advance(1500);
    expect(isPodReady(cluster.pod())).toBe(true);
    status = 500;
    await cluster.advance(1500);
    expect(isPodReady(cluster.pod())).toBe(false);
  });

  it('a failing liveness probe restarts the container', async () => {
    const cluster = new TestCluster();
    const livenessProbe = { tcpSocket: { port: 81 }, periodSeconds: 3, failureThreshold: 2 };
    await cluster.run({
      terminationGracePeriodSeconds: 1,
      containers: [{ name: 'nginx', image: 'nginx', livenessProbe }],
    });
    await cluster.advance(8000);
    expect(cluster.events()).toContain(
      'Warning Unhealthy Liveness probe failed: dial tcp 10.244.0.2:81: connect: connection refused',
    );
    expect(cluster.events()).toContain('Normal Killing Container nginx failed liveness probe, will be restarted');
    expect(cluster.pod().status.containerStatuses?.[0]?.restartCount).toBe(1);
  });

  it('a startup probe holds the others back', async () => {
    const cluster = new TestCluster();
    const behaviour = { exec: { check: 1 } };
    cluster.runtime.behaviours.nginx = behaviour;
    const startupProbe = { exec: { command: ['check'] }, periodSeconds: 1, failureThreshold: 30 };
    const livenessProbe = { exec: { command: ['alive'] }, periodSeconds: 1 };
    await cluster.run({ containers: [{ name: 'nginx', image: 'nginx', startupProbe, livenessProbe }] });
    await cluster.advance(5000);
    expect(cluster.container().execs.flat()).not.toContain('alive');
    expect(cluster.pod().status.containerStatuses?.[0]).toMatchObject({ started: false, ready: false });
    behaviour.exec.check = 0;
    await cluster.advance(2000);
    expect(cluster.pod().status.containerStatuses?.[0]).toMatchObject({ started: true, ready: true });
    expect(cluster.container().execs.flat()).toContain('alive');
  });
});

describe('ends', () => {
  it('a pod past its active deadline fails', async () => {
    const cluster = new TestCluster();
    await cluster.run({ activeDeadlineSeconds: 5 });
    await cluster.advance(8000);
    expect(cluster.pod().status).toMatchObject({
      phase: 'Failed',
      reason: 'DeadlineExceeded',
      message: 'Pod was active on the node longer than the specified deadline',
    });
    expect(cluster.runtime.running('nginx')).toEqual([]);
  });

  it('a finalizer keeps a pod that has ended, and it is not ready', async () => {
    const cluster = new TestCluster();
    await cluster.run();
    await cluster.advance(3000);
    await cluster.api.patch('pods', 'web-0', 'default', { metadata: { finalizers: ['example.com/x'] } });
    await cluster.api.delete('pods', 'web-0', 'default', { gracePeriodSeconds: 0 });
    await cluster.advance(5000);
    expect(cluster.pod().status.phase).toBe('Succeeded');
    expect(isPodReady(cluster.pod())).toBe(false);
    await cluster.api.patch('pods', 'web-0', 'default', { metadata: { finalizers: null } });
    await cluster.advance(1000);
    expect(cluster.api.peek('pods', 'web-0', 'default')).toBeUndefined();
  });

  it('a force-deleted pod leaves nothing behind, and its successor gets a new address', async () => {
    const cluster = new TestCluster();
    await cluster.run();
    await cluster.advance(3000);
    await cluster.api.delete('pods', 'web-0', 'default', { gracePeriodSeconds: 0 });
    await cluster.run();
    await cluster.advance(5000);
    expect(cluster.pod().status).toMatchObject({ phase: 'Running', podIP: '10.244.0.3' });
    expect(cluster.runtime.sandboxes.map((s) => s.isRemoved)).toEqual([true, false]);
    expect(cluster.runtime.running('nginx')).toHaveLength(1);
  });

  it('runs preStop before SIGTERM', async () => {
    const cluster = new TestCluster();
    const lifecycle = { preStop: { exec: { command: ['drain'] } } };
    await cluster.run({ containers: [{ name: 'nginx', image: 'nginx', lifecycle }] });
    await cluster.advance(3000);
    await cluster.api.delete('pods', 'web-0', 'default');
    await cluster.advance(3000);
    expect(cluster.runtime.containers[0]).toMatchObject({ execs: [['drain']], signals: ['SIGTERM'] });
  });
});

describe('admission', () => {
  it('rejects a pod whose host port is taken, in upstream words', async () => {
    const cluster = new TestCluster({ scheduler: false });
    const containers = [{ name: 'c', image: 'busybox', ports: [{ containerPort: 80, hostPort: 21017 }] }];
    await cluster.run({ nodeName: 'node-1', containers }, 'first');
    await cluster.advance(3000);
    await cluster.run({ nodeName: 'node-1', containers }, 'second');
    await cluster.advance(3000);
    const why = "Predicate NodePorts failed: node(s) didn't have free ports for the requested pod ports";
    expect(cluster.pod('second').status).toMatchObject({
      phase: 'Failed',
      reason: 'NodePorts',
      message: `Pod was rejected: ${why}`,
    });
    expect(cluster.events('second')).toEqual([`Warning NodePorts ${why}`]);
    expect(cluster.runtime.sandboxes).toHaveLength(1);
    await cluster.api.delete('pods', 'second', 'default');
    await cluster.advance(3000);
    expect(cluster.api.peek('pods', 'second', 'default')).toBeUndefined();
  });
});

describe('a reboot of the node', () => {
  it('starts pods again: same uid, one restart more, a new address', async () => {
    const before = new TestCluster();
    await before.run();
    before.runtime.behaviours.job = { exits: { afterMs: 10, code: 0 } };
    await before.run({ restartPolicy: 'Never', containers: [{ name: 'j', image: 'job' }] }, 'done');
    await before.run({ restartPolicy: 'Never' }, 'once');
    await before.advance(8000);
    const { uid } = before.pod().metadata;
    const cluster = before.reboot();
    await cluster.advance(5000);
    expect(cluster.pod().metadata.uid).toBe(uid);
    expect(cluster.pod().status).toMatchObject({ phase: 'Running', podIP: '10.244.0.5' });
    expect(cluster.pod().status.containerStatuses?.[0]).toMatchObject({
      restartCount: 1,
      ready: true,
      lastState: { terminated: { exitCode: 255, reason: 'Unknown' } },
    });
    expect(cluster.events()).toContain('Normal SandboxChanged Pod sandbox changed, it will be killed and re-created.');
    expect(cluster.pod('done').status).toMatchObject({ phase: 'Succeeded', containerStatuses: [{ restartCount: 0 }] });
    expect(cluster.pod('once').status).toMatchObject({
      phase: 'Failed',
      containerStatuses: [{ state: { terminated: { exitCode: 255, reason: 'Unknown' } } }],
    });
    expect(cluster.rows.filter((row) => row.startsWith('web-0')).slice(1)).toContain('web-0 0/1 Unknown');
  });

  it('finishes a deletion that was under way', async () => {
    const before = new TestCluster();
    before.runtime.behaviours.nginx = { onTerm: 'ignored' };
    await before.run();
    await before.advance(5000);
    await before.api.delete('pods', 'web-0', 'default');
    await before.advance(2000);
    const cluster = before.reboot();
    await cluster.advance(5000);
    expect(cluster.api.peek('pods', 'web-0', 'default')).toBeUndefined();
  });
});

describe('invariants', () => {
  it('never runs two containers of one name in a pod, nor a pod without its object', async () => {
    const cluster = new TestCluster({ nodes: 2 });
    const alive = new Set<string>();
    for (let step = 0; step < 120; step++) {
      const name = `p-${Math.floor(cluster.ids.fraction() * 6)}`;
      const dice = cluster.ids.fraction();
      if (!alive.has(name) && dice < 0.6) {
        cluster.runtime.behaviours[`i-${step}`] =
          dice < 0.2 ? { exits: { afterMs: 700, code: 1 } } : { onTerm: dice < 0.4 ? 1 : 'ignored' };
        const containers = [{ name, image: `i-${step}` }];
        await cluster.api.create('pods', podNamed(name, { containers, terminationGracePeriodSeconds: 3 }), 'default');
        alive.add(name);
      } else if (alive.has(name) && dice > 0.7) {
        await cluster.api
          .delete('pods', name, 'default', dice > 0.9 ? { gracePeriodSeconds: 0 } : {})
          .catch(() => undefined);
      }
      await cluster.advance(Math.floor(cluster.ids.fraction() * 1500));
      for (const held of [...alive]) if (!cluster.api.peek('pods', held, 'default')) alive.delete(held);
      const uids = new Set(cluster.api.all('pods').map((pod) => pod.metadata.uid));
      const open = cluster.runtime.sandboxes.filter((s) => !s.isRemoved);
      expect(new Set(open.map((s) => s.ip)).size).toBe(open.length);
      for (const pod of cluster.api.all('pods')) {
        const ready = isPodReady(pod);
        if (ready) expect(open.some((s) => s.podUid === pod.metadata.uid)).toBe(true);
      }
      const stray = open.filter((s) => !uids.has(s.podUid));
      expect(stray.length).toBeLessThanOrEqual(6);
    }
    for (const pod of cluster.api.all('pods')) await cluster.api.delete('pods', pod.metadata.name ?? '', 'default');
    await cluster.advance(20_000);
    expect(cluster.api.all('pods')).toEqual([]);
    expect(cluster.runtime.sandboxes.filter((s) => !s.isRemoved)).toEqual([]);
    expect(cluster.runtime.containers.filter((c) => c.isRunning)).toEqual([]);
  });
});
