import type { ResourceName } from '../../../lib/kubernetes/resources';
import type { Scenario, Trial } from '../trial';
import { imageOf, startWeb, web } from './web';

/** What people write wrong, and every word of the refusal. */

type Wrong = Record<string, object>;

async function refusals(trial: Trial, resource: ResourceName, wrong: Wrong): Promise<void> {
  for (const [title, object] of Object.entries(wrong)) {
    await trial.answer(
      `${resource}: ${title}`,
      'POST',
      `${trial.path(resource)}?dryRun=All&fieldValidation=Strict`,
      object,
    );
  }
}

const set = (spec: object, metadata: object = { name: 'web' }) => {
  const whole = web();
  return { apiVersion: 'apps/v1', kind: 'StatefulSet', metadata, spec: { ...whole.spec, ...spec } };
};

const template = (spec: object, labels: object = { app: 'web' }) => ({
  template: { metadata: { labels }, spec: { containers: [{ name: 'nginx', image: 'nginx:1' }], ...spec } },
});

const wrongSets: Wrong = {
  'no name': set({}, {}),
  'a bad name': set({}, { name: 'Web_1' }),
  'a name too long': set({}, { name: 'w'.repeat(254) }),
  'a bad label': set({}, { name: 'web', labels: { app: 'not valid' } }),
  'no selector': set({ selector: undefined }),
  'an empty selector': set({ selector: {} }),
  'another selector than its pods': set({ selector: { matchLabels: { app: 'other' } } }),
  'a bad selector operator': set({ selector: { matchExpressions: [{ key: 'app', operator: 'Is', values: ['a'] }] } }),
  'no template': set({ template: undefined }),
  'no containers': set(template({ containers: [] })),
  'a pod that ends': set(template({ restartPolicy: 'Never' })),
  'a negative count': set({ replicas: -1 }),
  'a count in words': set({ replicas: 'two' }),
  'a strategy nobody knows': set({ updateStrategy: { type: 'Recreate' } }),
  'a negative partition': set({ updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: -1 } } }),
  'a partition with OnDelete': set({ updateStrategy: { type: 'OnDelete', rollingUpdate: { partition: 1 } } }),
  'a management policy nobody knows': set({ podManagementPolicy: 'Serial' }),
  'a negative start': set({ ordinals: { start: -1 } }),
  'a retention policy nobody knows': set({
    persistentVolumeClaimRetentionPolicy: { whenScaled: 'Keep', whenDeleted: 'Delete' },
  }),
  'a negative minReadySeconds': set({ minReadySeconds: -1 }),
  'a negative history': set({ revisionHistoryLimit: -1 }),
  'a field nobody knows': set({ replica: 3 }),
  'a bad claim': set({ volumeClaimTemplates: [{ metadata: { name: 'data' }, spec: {} }] }),
  'another kind': { ...set({}), kind: 'Deployment' },
  'another version': { ...set({}), apiVersion: 'apps/v1beta1' },
  'another namespace': set({}, { name: 'web', namespace: 'elsewhere' }),
};

const pod = (spec: object, container: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'box' },
  spec: { containers: [{ name: 'box', image: 'busybox', ...container }], ...spec },
});

const wrongPods: Wrong = {
  'no image': pod({}, { image: undefined }),
  'a bad container name': pod({}, { name: 'Box_1' }),
  'two of one name': pod({ containers: [pod({}).spec.containers[0], pod({}).spec.containers[0]] }),
  'a bad port': pod({}, { ports: [{ containerPort: 70000 }] }),
  'a bad port name': pod({}, { ports: [{ containerPort: 80, name: 'a-name-much-too-long' }] }),
  'a mount of nothing': pod({}, { volumeMounts: [{ name: 'data', mountPath: '/data' }] }),
  'a mount without a path': pod({ volumes: [{ name: 'data', emptyDir: {} }] }, { volumeMounts: [{ name: 'data' }] }),
  'a bad volume name': pod({ volumes: [{ name: 'My Data', emptyDir: {} }] }),
  'two kinds of volume': pod({ volumes: [{ name: 'data', emptyDir: {}, hostPath: { path: '/' } }] }),
  'more requested than allowed': pod({}, { resources: { requests: { cpu: '2' }, limits: { cpu: '1' } } }),
  'a bad quantity': pod({}, { resources: { requests: { memory: '1 gig' } } }),
  'a bad pull policy': pod({}, { imagePullPolicy: 'Sometimes' }),
  'a bad restart policy': pod({ restartPolicy: 'Sometimes' }),
  'a probe of nothing': pod({}, { readinessProbe: {} }),
  'a probe of two things': pod({}, { readinessProbe: { exec: { command: ['true'] }, tcpSocket: { port: 80 } } }),
  'a negative grace': pod({ terminationGracePeriodSeconds: -1 }),
  'a bad env name': pod({}, { env: [{ name: '1 A', value: 'x' }] }),
  'an env from two sources': pod(
    {},
    { env: [{ name: 'A', value: 'x', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }] },
  ),
  'an account that is not there': pod({ serviceAccountName: 'nobody' }),
  'a bad node selector': pod({ nodeSelector: { 'not valid': 'x' } }),
  'a bad toleration': pod({ tolerations: [{ key: 'a', operator: 'Is' }] }),
};

const claim = (spec: object) => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name: 'data' },
  spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } }, ...spec },
});

const volume = (spec: object) => ({
  apiVersion: 'v1',
  kind: 'PersistentVolume',
  metadata: { name: 'parity-wrong' },
  spec: { accessModes: ['ReadWriteOnce'], capacity: { storage: '1Gi' }, hostPath: { path: '/tmp/x' }, ...spec },
});

const wrongStorage: [ResourceName, Wrong][] = [
  [
    'persistentvolumeclaims',
    {
      'no modes': claim({ accessModes: [] }),
      'a mode nobody knows': claim({ accessModes: ['ReadWriteSometimes'] }),
      'no size': claim({ resources: {} }),
      'a size of nothing': claim({ resources: { requests: { storage: '0' } } }),
      'a bad class': claim({ storageClassName: 'Not Valid' }),
      'a volume mode nobody knows': claim({ volumeMode: 'Tape' }),
    },
  ],
  [
    'persistentvolumes',
    {
      'no size': volume({ capacity: undefined }),
      'no modes': volume({ accessModes: [] }),
      'no source': volume({ hostPath: undefined }),
      'two sources': volume({ nfs: { server: 'a', path: '/' } }),
      'a policy nobody knows': volume({ persistentVolumeReclaimPolicy: 'Burn' }),
      'a path that climbs': volume({ hostPath: { path: '/tmp/../etc' } }),
      'a host path that is recycled at the root': volume({
        hostPath: { path: '/' },
        persistentVolumeReclaimPolicy: 'Recycle',
      }),
    },
  ],
];

const service = (spec: object, name = 'web') => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name },
  spec: { ports: [{ port: 80 }], selector: { app: 'web' }, ...spec },
});

const wrongServices: Wrong = {
  'no ports': service({ ports: [] }),
  'a name that begins with a digit': service({}, '1web'),
  'a bad port': service({ ports: [{ port: 0 }] }),
  'two ports without names': service({ ports: [{ port: 80 }, { port: 81 }] }),
  'two ports alike': service({
    ports: [
      { name: 'a', port: 80 },
      { name: 'b', port: 80 },
    ],
  }),
  'a bad address': service({ clusterIP: 'somewhere' }),
  'an address out of range': service({ clusterIP: '8.8.8.8' }),
  'a type nobody knows': service({ type: 'Internal' }),
  'an external name without one': service({ type: 'ExternalName' }),
  'a protocol nobody knows': service({ ports: [{ port: 80, protocol: 'HTTP' }] }),
  'a bad selector': service({ selector: { app: 'not valid' } }),
};

export const invalidObjects: Scenario = {
  name: 'invalid-objects',
  follow: [],
  async play(trial) {
    await refusals(trial, 'statefulsets', wrongSets);
    await refusals(trial, 'pods', wrongPods);
    for (const [resource, wrong] of wrongStorage) await refusals(trial, resource, wrong);
    await refusals(trial, 'services', wrongServices);
    // A dry run gives out no ports, and so refuses none.
    const nodePort = service({ type: 'NodePort', ports: [{ port: 80, nodePort: 80 }] });
    await trial.answer('services: a node port out of range', 'POST', trial.path('services'), nodePort);
  },
};

/** What a set cannot become, and what writers do wrong. */
export const forbiddenUpdates: Scenario = {
  name: 'forbidden-updates',
  follow: [],
  finally: ['statefulsets'],
  async play(trial) {
    await startWeb(trial, { replicas: 1 });
    const path = trial.path('statefulsets', 'web');
    const patches: Record<string, object> = {
      'another service': { spec: { serviceName: 'other' } },
      'another selector': { spec: { selector: { matchLabels: { app: 'other' } } } },
      'another management policy': { spec: { podManagementPolicy: 'Parallel' } },
      'other claims': { spec: { volumeClaimTemplates: [claim({})] } },
      'no image': imageOf(''),
      'a name': { metadata: { name: 'other' } },
      'a uid': { metadata: { uid: '00000000-0000-0000-0000-000000000000' } },
      'a stale version': { metadata: { resourceVersion: '1' } },
    };
    for (const [title, patch] of Object.entries(patches)) await trial.answer(title, 'PATCH', path, patch);
    await trial.answer('a patch that is no list', 'PATCH', path, {}, 'json');
    await trial.answer('a test that fails', 'PATCH', path, [{ op: 'test', path: '/spec/replicas', value: 9 }], 'json');
    await trial.answer('a path that is not there', 'PATCH', path, [{ op: 'remove', path: '/spec/none' }], 'json');
    await trial.answer('no JSON', 'PATCH', path, '{"spec":');
    await trial.answer('create again', 'POST', trial.path('statefulsets'), set({}));
    await trial.answer('delete another one', 'DELETE', path, {
      preconditions: { uid: '00000000-0000-0000-0000-000000000000' },
    });
    await trial.answer('delete nothing', 'DELETE', trial.path('statefulsets', 'none'));
    await trial.answer('delete in a way nobody knows', 'DELETE', path, { propagationPolicy: 'Sideways' });
  },
};
