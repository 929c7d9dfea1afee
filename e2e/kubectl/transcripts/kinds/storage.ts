import type { Subject } from '../subject';

const claim = { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: 'one' } };
const claimed = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } };
const volume = { apiVersion: 'v1', kind: 'PersistentVolume', metadata: { name: 'one' } };
const offered = { accessModes: ['ReadWriteOnce'], capacity: { storage: '1Gi' }, hostPath: { path: '/data/one' } };
const storageClass = { apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata: { name: 'one' } };

/** Volumes by name: none is provisioned, no claim finds another's. */
export const storage: readonly Subject[] = [
  {
    resource: 'persistentvolumeclaims',
    object: { ...claim, spec: { ...claimed, storageClassName: 'nobody', volumeName: 'given' } },
    changed: {
      ...claim,
      metadata: { name: 'one', labels: { app: 'one' } },
      spec: { ...claimed, storageClassName: 'nobody', volumeName: 'given' },
    },
    invalid: { ...claim, spec: { accessModes: ['Sometimes'], resources: { requests: { storage: '-1Gi' } } } },
    before: [
      `printf '%s\\n' 'apiVersion: v1' 'kind: PersistentVolume' 'metadata: {name: given}' 'spec: {storageClassName: nobody, accessModes: [ReadWriteOnce], capacity: {storage: 2Gi}, hostPath: {path: /data/given}}' | kubectl create -f -`,
    ],
    settle: `kubectl wait --for=jsonpath='{.status.phase}'=Bound pvc/one --timeout=20s`,
    more: {
      get: ['kubectl get pvc', 'kubectl get pv given'],
      describe: ['kubectl describe pv given'],
      patch: [
        `kubectl patch pvc one -p '{"spec":{"storageClassName":"other"}}'`,
        `kubectl patch pvc one -p '{"spec":{"resources":{"requests":{"storage":"2Gi"}}}}'`,
        `kubectl patch pvc one -p '{"spec":{"resources":{"requests":{"storage":"512Mi"}}}}'`,
      ],
      delete: [
        `kubectl wait --for=jsonpath='{.status.phase}'=Released pv/given --timeout=20s`,
        'kubectl get pv given',
        'kubectl delete pv given',
      ],
    },
  },
  {
    resource: 'persistentvolumes',
    clusterScoped: true,
    object: { ...volume, spec: { ...offered, storageClassName: 'nobody' } },
    changed: { ...volume, spec: { ...offered, storageClassName: 'nobody', capacity: { storage: '3Gi' } } },
    invalid: {
      ...volume,
      spec: { accessModes: [], capacity: { storage: '0' }, persistentVolumeReclaimPolicy: 'Recycle' },
    },
    patch: { spec: { persistentVolumeReclaimPolicy: 'Delete' } },
    settle: `kubectl wait --for=jsonpath='{.status.phase}'=Available pv/one --timeout=20s`,
    more: { patch: [`kubectl patch pv one -p '{"spec":{"hostPath":{"path":"/other"}}}'`] },
  },
  {
    resource: 'storageclasses',
    clusterScoped: true,
    object: {
      ...storageClass,
      provisioner: 'example.com/one',
      parameters: { type: 'fast' },
      reclaimPolicy: 'Retain',
      volumeBindingMode: 'WaitForFirstConsumer',
    },
    changed: {
      ...storageClass,
      metadata: { name: 'one', annotations: { 'storageclass.kubernetes.io/is-default-class': 'false' } },
      provisioner: 'example.com/one',
      parameters: { type: 'fast' },
      reclaimPolicy: 'Retain',
      volumeBindingMode: 'WaitForFirstConsumer',
      allowVolumeExpansion: true,
    },
    invalid: { ...storageClass, provisioner: 'not valid', reclaimPolicy: 'Recycle', volumeBindingMode: 'Later' },
    more: { get: ['kubectl get sc one'], patch: [`kubectl patch sc one -p '{"provisioner":"example.com/two"}'`] },
  },
];
