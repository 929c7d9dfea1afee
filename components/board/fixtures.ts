import type {
  Board,
  ClaimView,
  DnsAnswer,
  EventView,
  PodView,
  ServiceView,
  Slot,
  SlotState,
  StatefulSetView,
  VolumeView,
} from '../../lib/board/model';

/** Boards for tests and the gallery. Times count back from `fixtureNow`; nothing a user of the dashboard reaches is fed by it. */
export const fixtureNow = 1_790_000_000_000;

const ids = ['15681d46', 'd0505e50', '5a021388', '77be0c10', '9e3db4f2', '31f0aa97', '0c94d1b3', 'e81c22f5'];
const volumeName = (ordinal: number) =>
  `pvc-${ids[ordinal % ids.length]}-ac97-4263-92ac-${String(ordinal).padStart(12, '2')}`;

export function aVolume(ordinal: number, over: Partial<VolumeView> = {}): VolumeView {
  return {
    name: volumeName(ordinal),
    uid: `volume-${ordinal}`,
    phase: 'Bound',
    terminating: false,
    capacity: '1Gi',
    accessModes: ['ReadWriteOnce'],
    storageClass: 'standard',
    reclaimPolicy: 'Delete',
    claim: `default/www-web-${ordinal}`,
    source: 'hostPath',
    ...over,
  };
}

export function aClaim(ordinal: number, over: Partial<ClaimView> = {}): ClaimView {
  return {
    name: `www-web-${ordinal}`,
    uid: `claim-${ordinal}`,
    template: 'www',
    phase: 'Bound',
    terminating: false,
    storageClass: 'standard',
    request: '1Gi',
    capacity: '1Gi',
    accessModes: ['ReadWriteOnce'],
    volume: aVolume(ordinal),
    volumeName: volumeName(ordinal),
    kept: false,
    ...over,
  };
}

export function aPod(ordinal: number, over: Partial<PodView> = {}): PodView {
  return {
    name: `web-${ordinal}`,
    uid: `pod-${ordinal}-1`,
    status: 'Running',
    phase: 'Running',
    ready: true,
    readyContainers: 1,
    containers: [
      {
        name: 'nginx',
        image: 'k8s.gcr.io/nginx-slim:0.8',
        mounts: [
          { path: '/usr/share/nginx/html', volume: 'www', claim: `www-web-${ordinal}`, readOnly: false },
          { path: '/var/run/secrets/kubernetes.io/serviceaccount', volume: 'kube-api-access', readOnly: true },
        ],
      },
    ],
    ip: `10.244.${1 + (ordinal % 2)}.${14 + ordinal}`,
    node: `worker-${1 + (ordinal % 2)}`,
    restarts: 0,
    revision: 'web-6c5c7fd59b',
    createdAt: fixtureNow - 380_000 + ordinal * 4000,
    startedAt: fixtureNow - 379_000 + ordinal * 4000,
    readySince: fixtureNow - 377_000 + ordinal * 4000,
    ...over,
  };
}

export const anAnswer = (addresses: string[], over: Partial<DnsAnswer> = {}): DnsAnswer => ({
  status: addresses.length > 0 ? 'answered' : 'nxdomain',
  addresses,
  ttlSeconds: 30,
  askedAt: fixtureNow - 1000,
  ...over,
});

export function aSlot(ordinal: number, over: Partial<Slot> = {}): Slot {
  const pod = 'pod' in over ? over.pod : aPod(ordinal);
  return {
    ordinal,
    name: `web-${ordinal}`,
    dnsName: `web-${ordinal}.nginx.default.svc.cluster.local`,
    state: 'ready',
    wanted: true,
    claims: [aClaim(ordinal)],
    life: 1,
    lives: [],
    dns: anAnswer(pod?.ready ? [pod.ip] : []),
    ...over,
    ...(pod === undefined ? {} : { pod }),
  };
}

const formerLife = (ordinal: number, number: number) => ({
  number,
  uid: `pod-${ordinal}-${number}`,
  ip: `10.244.2.${8 + ordinal}`,
  node: 'worker-2',
  revision: 'web-6c5c7fd59b',
  from: fixtureNow - 380_000,
  until: fixtureNow - 4000,
});

/** One slot in each state, as it looks at a likely moment. */
export function slotIn(state: SlotState, ordinal: number): Slot {
  const starting = aPod(ordinal, {
    uid: `pod-${ordinal}-2`,
    ready: false,
    readyContainers: 0,
    status: 'ContainerCreating',
    phase: 'Pending',
    ip: '',
    createdAt: fixtureNow - 3000,
  });
  const noPod = { pod: undefined, dns: anAnswer([]) };
  const kept = [aClaim(ordinal, { kept: true })];
  const cases: Record<SlotState, Partial<Slot>> = {
    ready: {},
    waiting: { ...noPod, claims: [], life: 0, waitsFor: { code: 'predecessor', subject: `web-${ordinal - 1}` } },
    pending: {
      pod: { ...starting, status: 'Pending', node: '' },
      claims: [aClaim(ordinal, { phase: 'Pending', volume: undefined, volumeName: '', capacity: '' })],
      waitsFor: {
        code: 'claimPending',
        subject: `www-web-${ordinal}`,
        message:
          '0/2 nodes are available: pod has unbound immediate PersistentVolumeClaims. not found. preemption: 0/2 nodes are available: 2 Preemption is not helpful for scheduling.',
      },
    },
    starting: {
      pod: starting,
      life: 2,
      lives: [formerLife(ordinal, 1)],
      waitsFor: {
        code: 'pulling',
        subject: 'k8s.gcr.io/nginx-slim:0.8',
        message: 'Pulling image "k8s.gcr.io/nginx-slim:0.8"',
      },
    },
    unready: {
      pod: aPod(ordinal, { ready: false, readyContainers: 0, restarts: 1 }),
      waitsFor: {
        code: 'readiness',
        message:
          'Readiness probe failed: Get "http://10.244.1.18:80/": dial tcp 10.244.1.18:80: connect: connection refused',
      },
    },
    terminating: {
      pod: aPod(ordinal, { ready: false, status: 'Terminating', deletingSince: fixtureNow - 2000 }),
      waitsFor: { code: 'terminating' },
    },
    failed: {
      pod: aPod(ordinal, { ready: false, readyContainers: 0, status: 'CrashLoopBackOff', restarts: 4 }),
      waitsFor: {
        code: 'crashLoop',
        subject: 'nginx',
        message: 'back-off 1m20s restarting failed container=nginx pod=web-6_default(pod-6-1)',
      },
    },
    finished: { pod: aPod(ordinal, { ready: false, readyContainers: 0, status: 'Completed', phase: 'Succeeded' }) },
    kept: { ...noPod, wanted: false, claims: kept, scaledAwayAt: fixtureNow - 130_000 },
    empty: { ...noPod, wanted: false, claims: [], life: 0 },
  };
  return aSlot(ordinal, { state, ...cases[state] });
}

export function aSet(slots: Slot[], over: Partial<StatefulSetView> = {}): StatefulSetView {
  return {
    name: 'web',
    uid: 'set-web',
    replicas: slots.filter((slot) => slot.wanted).length,
    readyReplicas: slots.filter((slot) => slot.state === 'ready').length,
    start: 0,
    serviceName: 'nginx',
    service: 'headless',
    policy: 'OrderedReady',
    strategy: 'RollingUpdate',
    partition: 0,
    currentRevision: 'web-6c5c7fd59b',
    updateRevision: 'web-6c5c7fd59b',
    image: 'k8s.gcr.io/nginx-slim:0.8',
    terminating: false,
    createdAt: fixtureNow - 381_000,
    slots,
    ...over,
  };
}

export function anEvent(index: number, over: Partial<EventView> = {}): EventView {
  return {
    uid: `event-${index}`,
    type: 'Normal',
    reason: 'SuccessfulCreate',
    object: 'StatefulSet/web',
    message: 'create Pod web-1 in StatefulSet web successful',
    count: 1,
    firstAt: fixtureNow - index * 7000,
    lastAt: fixtureNow - index * 7000,
    source: 'statefulset-controller',
    ...over,
  };
}

const events = [
  anEvent(0, {
    object: 'Pod/web-1',
    reason: 'Pulling',
    message: 'Pulling image "k8s.gcr.io/nginx-slim:0.8"',
    source: 'kubelet',
  }),
  anEvent(1, {
    object: 'Pod/web-1',
    reason: 'Scheduled',
    message: 'Successfully assigned default/web-1 to worker-2',
    source: 'default-scheduler',
  }),
  anEvent(2),
  anEvent(3, { object: 'Pod/web-1', reason: 'Killing', message: 'Stopping container nginx', source: 'kubelet' }),
  anEvent(4, {
    type: 'Warning',
    object: 'Pod/web-4',
    reason: 'Unhealthy',
    count: 3,
    message: 'Readiness probe failed: HTTP probe failed with statuscode: 503',
    source: 'kubelet',
  }),
  anEvent(5, {
    object: 'PersistentVolumeClaim/www-web-2',
    reason: 'ProvisioningSucceeded',
    message: `Successfully provisioned volume ${volumeName(2)}`,
    source: 'standard',
  }),
];

function headless(slots: Slot[]): ServiceView {
  const endpoint = (slot: Slot) => ({ ip: slot.pod?.ip ?? '', hostname: slot.name, pod: slot.name });
  const withIp = slots.filter((slot) => slot.pod?.ip);
  return {
    name: 'nginx',
    headless: true,
    clusterIP: 'None',
    ports: [{ name: 'web', port: 80, protocol: 'TCP' }],
    selector: { app: 'nginx' },
    ready: withIp.filter((slot) => slot.pod?.ready).map(endpoint),
    notReady: withIp.filter((slot) => !slot.pod?.ready).map(endpoint),
  };
}

export function aBoard(sets: StatefulSetView[], over: Partial<Board> = {}): Board {
  const slots = sets.flatMap((set) => set.slots);
  const service = headless(slots);
  return {
    namespace: 'default',
    exists: true,
    terminating: false,
    sets,
    services: sets.length > 0 ? [service] : [],
    volumes: slots.flatMap((slot) => slot.claims.flatMap((claim) => (claim.volume ? [claim.volume] : []))),
    otherClaims: [],
    otherPods: [],
    events: sets.length > 0 ? events : [],
    dns: {
      source: 'asked',
      names:
        sets.length > 0
          ? [
              {
                name: 'nginx.default.svc.cluster.local',
                answer: anAnswer(service.ready.map((endpoint) => endpoint.ip)),
              },
            ]
          : [],
    },
    ...over,
  };
}

/** The moment of the lesson: web-1 was deleted and comes back; 3 and 4 were scaled away. */
export function lessonBoard(): Board {
  return aBoard([aSet([aSlot(0), slotIn('starting', 1), aSlot(2), slotIn('kept', 3), slotIn('kept', 4)])]);
}

export const allStates: SlotState[] = [
  'ready',
  'waiting',
  'pending',
  'starting',
  'unready',
  'terminating',
  'failed',
  'finished',
  'kept',
  'empty',
];

export function everyStateBoard(): Board {
  const debug = aPod(0, { name: 'dns-test', uid: 'pod-debug', ip: '10.244.1.44', createdAt: fixtureNow - 40_000 });
  return aBoard([aSet(allStates.map((state, ordinal) => slotIn(state, ordinal)))], {
    otherPods: [{ ...debug, containers: [{ name: 'dns-test', image: 'busybox:1.28', mounts: [] }] }],
    otherClaims: [
      aClaim(9, { name: 'scratch', template: undefined, phase: 'Pending', volume: undefined, volumeName: '' }),
    ],
    volumes: [aVolume(7, { name: 'pv-spare', phase: 'Released', reclaimPolicy: 'Retain', claim: 'default/old' })],
  });
}

export function manySlotsBoard(count = 200): Board {
  return aBoard([aSet(Array.from({ length: count }, (_, ordinal) => aSlot(ordinal)))]);
}

export function twoClaimsBoard(): Board {
  const twin = (slot: Slot): Slot => ({
    ...slot,
    claims: [
      ...slot.claims,
      aClaim(slot.ordinal, { name: `logs-web-${slot.ordinal}`, uid: `logs-${slot.ordinal}`, template: 'logs' }),
    ],
  });
  return aBoard([aSet([aSlot(0), aSlot(1), slotIn('kept', 2)].map(twin))]);
}
