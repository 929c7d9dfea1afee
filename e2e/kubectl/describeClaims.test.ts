import { session } from './session';

session(
  'kubectl describe claims',
  __filename,
  String.raw`
== Claims and volumes
$ printf 'apiVersion: v1\nkind: PersistentVolume\nmetadata: {name: %s}\nspec:\n  capacity: {storage: 1Gi}\n  accessModes: [ReadWriteOnce]\n  storageClassName: ""\n  claimRef: {name: disk, namespace: %s}\n  hostPath: {path: /tmp/%s}\n' $NS $NS $NS | kubectl apply -f -
persistentvolume/lab created
$ kubectl describe pv $NS
Name:  lab
Labels:  <none>
Annotations:  <none>
Finalizers:  [kubernetes.io/pv-protection]
StorageClass:
Status:  Available
Claim:  lab/disk
Reclaim Policy:  Retain
Access Modes:  RWO
VolumeMode:  Filesystem
Capacity:  1Gi
Node Affinity:  <none>
Message:
Source:
    Type:  HostPath (bare host directory volume)
    Path:  /tmp/lab
    HostPathType:
Events:  <none>
$ printf 'apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: disk}\nspec:\n  accessModes: [ReadWriteOnce]\n  storageClassName: ""\n  resources: {requests: {storage: 500Mi}}\n' | kubectl apply -f -
persistentvolumeclaim/disk created
$ kubectl wait --for=jsonpath='{.status.phase}'=Bound pvc/disk
persistentvolumeclaim/disk condition met
$ kubectl describe pvc disk
Name:  disk
Namespace:  lab
StorageClass:
Status:  Bound
Volume:  lab
Labels:  <none>
Annotations:  pv.kubernetes.io/bind-completed: yes
               pv.kubernetes.io/bound-by-controller: yes
Finalizers:  [kubernetes.io/pvc-protection]
Capacity:  1Gi
Access Modes:  RWO
VolumeMode:  Filesystem
Used By:  <none>
Events:  <none>
$ kubectl describe pv $NS
Name:  lab
Labels:  <none>
Annotations:  <none>
Finalizers:  [kubernetes.io/pv-protection]
StorageClass:
Status:  Bound
Claim:  lab/disk
Reclaim Policy:  Retain
Access Modes:  RWO
VolumeMode:  Filesystem
Capacity:  1Gi
Node Affinity:  <none>
Message:
Source:
    Type:  HostPath (bare host directory volume)
    Path:  /tmp/lab
    HostPathType:
Events:  <none>
$ kubectl get pvc
NAME  STATUS  VOLUME  CAPACITY  ACCESS MODES  STORAGECLASS  VOLUMEATTRIBUTESCLASS  AGE
disk  Bound  lab  1Gi  RWO  <unset>  AGE
$ kubectl get pv $NS
NAME  CAPACITY  ACCESS MODES  RECLAIM POLICY  STATUS  CLAIM  STORAGECLASS  VOLUMEATTRIBUTESCLASS  REASON  AGE
lab  1Gi  RWO  Retain  Bound  lab/disk  <unset>  AGE
$ kubectl get pvc disk -o yaml | sed -E '/last-applied/,+1d'
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  annotations:
    pv.kubernetes.io/bind-completed: "yes"
    pv.kubernetes.io/bound-by-controller: "yes"
  creationTimestamp: "TIME"
  finalizers:
  - kubernetes.io/pvc-protection
  name: disk
  namespace: lab
  resourceVersion: NAMED
  uid: NAMED
spec:
  accessModes:
  - ReadWriteOnce
  resources:
    requests:
      storage: 500Mi
  storageClassName: ""
  volumeMode: Filesystem
  volumeName: lab
status:
  accessModes:
  - ReadWriteOnce
  capacity:
    storage: 1Gi
  phase: Bound
$ kubectl get pv $NS -o yaml | sed -E '/last-applied/,+1d'
apiVersion: v1
kind: PersistentVolume
metadata:
  annotations:
  creationTimestamp: "TIME"
  finalizers:
  - kubernetes.io/pv-protection
  name: lab
  resourceVersion: NAMED
  uid: NAMED
spec:
  accessModes:
  - ReadWriteOnce
  capacity:
    storage: 1Gi
  claimRef:
    apiVersion: v1
    kind: PersistentVolumeClaim
    name: disk
    namespace: lab
    resourceVersion: NAMED
    uid: NAMED
  hostPath:
    path: /tmp/lab
    type: ""
  persistentVolumeReclaimPolicy: Retain
  volumeMode: Filesystem
status:
  lastPhaseTransitionTime: "TIME"
  phase: Bound
$ kubectl delete pvc disk
persistentvolumeclaim "disk" deleted from lab namespace
--- 1.32
persistentvolumeclaim "disk" deleted
$ kubectl wait --for=jsonpath='{.status.phase}'=Released pv/$NS
persistentvolume/lab condition met
$ kubectl get pv $NS
NAME  CAPACITY  ACCESS MODES  RECLAIM POLICY  STATUS  CLAIM  STORAGECLASS  VOLUMEATTRIBUTESCLASS  REASON  AGE
lab  1Gi  RWO  Retain  Released  lab/disk  <unset>  AGE
$ kubectl delete pv $NS
persistentvolume "lab" deleted
$ kubectl wait --for=jsonpath='{.reason}'=ProvisioningFailed event --field-selector involvedObject.name=lost > /dev/null 2>&1; kubectl describe pvc lost | sed -E 's/\(x[0-9]+ over.*\)//'
Error from server (NotFound): persistentvolumeclaims "lost" not found
`,
);
