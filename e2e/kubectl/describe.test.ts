import { box, web } from './manifests';
import { session } from './session';

session(
  'kubectl describe',
  __filename,
  String.raw`
== Pods and sets
$ kubectl apply -f web.yaml -f box.yaml
service/nginx created
statefulset.apps/web created
pod/box created
$ kubectl rollout status statefulset/web > /dev/null; kubectl wait --for=condition=Ready pod/box
pod/box condition met
$ kubectl describe pod box | grep -v -E 'Pull|Container ID|Image ID'
Name:  box
Namespace:  lab
Priority:  0
Service Account:  default
Node:  node-1/IP
Start Time:  DATE
Labels:  app=box
                  tier=test
Annotations:  <none>
Status:  Running
IP:  IP
IPs:
  IP:  IP
Containers:
  main:
    Image:  busybox:1.28
    Port:  <none>
    Host Port:  <none>
    Command:
      sh
      -c
      echo first line; echo second line >&2; exec sleep 36000
    State:  Running
      Started:  DATE
    Ready:  True
    Restart Count:  0
    Environment:
      COLOR:  blue
    Mounts:
      /data from data (rw)
      /var/run/secrets/kubernetes.io/serviceaccount from kube-api-access-NAME (ro)
  side:
    Image:  busybox:1.28
    Port:  <none>
    Host Port:  <none>
    Command:
      sleep
      36000
    State:  Running
      Started:  DATE
    Ready:  True
    Restart Count:  0
    Environment:  <none>
    Mounts:
      /data from data (rw)
      /var/run/secrets/kubernetes.io/serviceaccount from kube-api-access-NAME (ro)
Conditions:
  Type  Status
  PodReadyToStartContainers  True
  Initialized  True
  Ready  True
  ContainersReady  True
  PodScheduled  True
Volumes:
  data:
    Type:  EmptyDir (a temporary directory that shares a pod's lifetime)
    Medium:
    SizeLimit:  <unset>
  kube-api-access-NAME:
    Type:  Projected (a volume that contains injected data from multiple sources)
    TokenExpirationSeconds:  3607
    ConfigMapName:  kube-root-ca.crt
    Optional:  false
    DownwardAPI:  true
QoS Class:  BestEffort
Node-Selectors:  <none>
Tolerations:  node.kubernetes.io/not-ready:NoExecute op=Exists for 300s
                             node.kubernetes.io/unreachable:NoExecute op=Exists for 300s
Events:
  Type  Reason  Age  From  Message
  ----  ----  ----  ----  ----
  Normal  Scheduled  AGE  default-scheduler  Successfully assigned lab/box to node-1
  Normal  Created  AGE  kubelet  spec.containers{main}: Container created
  Normal  Started  AGE  kubelet  spec.containers{main}: Container started
  Normal  Created  AGE  kubelet  spec.containers{side}: Container created
  Normal  Started  AGE  kubelet  spec.containers{side}: Container started
--- 1.32
Name:  box
Namespace:  lab
Priority:  0
Service Account:  default
Node:  node-1/IP
Start Time:  DATE
Labels:  app=box
                  tier=test
Annotations:  <none>
Status:  Running
IP:  IP
IPs:
  IP:  IP
Containers:
  main:
    Image:  busybox:1.28
    Port:  <none>
    Host Port:  <none>
    Command:
      sh
      -c
      echo first line; echo second line >&2; exec sleep 36000
    State:  Running
      Started:  DATE
    Ready:  True
    Restart Count:  0
    Environment:
      COLOR:  blue
    Mounts:
      /data from data (rw)
      /var/run/secrets/kubernetes.io/serviceaccount from kube-api-access-NAME (ro)
  side:
    Image:  busybox:1.28
    Port:  <none>
    Host Port:  <none>
    Command:
      sleep
      36000
    State:  Running
      Started:  DATE
    Ready:  True
    Restart Count:  0
    Environment:  <none>
    Mounts:
      /data from data (rw)
      /var/run/secrets/kubernetes.io/serviceaccount from kube-api-access-NAME (ro)
Conditions:
  Type  Status
  PodReadyToStartContainers  True
  Initialized  True
  Ready  True
  ContainersReady  True
  PodScheduled  True
Volumes:
  data:
    Type:  EmptyDir (a temporary directory that shares a pod's lifetime)
    Medium:
    SizeLimit:  <unset>
  kube-api-access-NAME:
    Type:  Projected (a volume that contains injected data from multiple sources)
    TokenExpirationSeconds:  3607
    ConfigMapName:  kube-root-ca.crt
    ConfigMapOptional:  <nil>
    DownwardAPI:  true
QoS Class:  BestEffort
Node-Selectors:  <none>
Tolerations:  node.kubernetes.io/not-ready:NoExecute op=Exists for 300s
                             node.kubernetes.io/unreachable:NoExecute op=Exists for 300s
Events:
  Type  Reason  Age  From  Message
  ----  ----  ----  ----  ----
  Normal  Scheduled  AGE  default-scheduler  Successfully assigned lab/box to node-1
  Normal  Created  AGE  kubelet  Container created
  Normal  Started  AGE  kubelet  Container started
  Normal  Created  AGE  kubelet  Container created
  Normal  Started  AGE  kubelet  Container started
$ kubectl describe pod web-0 | grep -v -E 'Pull|Container ID|Image ID'
Name:  web-0
Namespace:  lab
Priority:  0
Service Account:  default
Node:  node-1/IP
Start Time:  DATE
Labels:  app=nginx
                  apps.kubernetes.io/pod-index=0
                  controller-revision-hash=web-HASH
                  statefulset.kubernetes.io/pod-name=web-0
Annotations:  <none>
Status:  Running
IP:  IP
IPs:
  IP:  IP
Controlled By:  StatefulSet/web
Containers:
  nginx:
    Image:  registry.k8s.io/nginx-slim:0.8
    Port:  80/TCP (web)
    Host Port:  0/TCP (web)
    State:  Running
      Started:  DATE
    Ready:  True
    Restart Count:  0
    Environment:  <none>
    Mounts:
      /var/run/secrets/kubernetes.io/serviceaccount from kube-api-access-NAME (ro)
Conditions:
  Type  Status
  PodReadyToStartContainers  True
  Initialized  True
  Ready  True
  ContainersReady  True
  PodScheduled  True
Volumes:
  kube-api-access-NAME:
    Type:  Projected (a volume that contains injected data from multiple sources)
    TokenExpirationSeconds:  3607
    ConfigMapName:  kube-root-ca.crt
    Optional:  false
    DownwardAPI:  true
QoS Class:  BestEffort
Node-Selectors:  <none>
Tolerations:  node.kubernetes.io/not-ready:NoExecute op=Exists for 300s
                             node.kubernetes.io/unreachable:NoExecute op=Exists for 300s
Events:
  Type  Reason  Age  From  Message
  ----  ----  ----  ----  ----
  Normal  Scheduled  AGE  default-scheduler  Successfully assigned lab/web-0 to node-1
  Normal  Created  AGE  kubelet  spec.containers{nginx}: Container created
  Normal  Started  AGE  kubelet  spec.containers{nginx}: Container started
--- 1.32
Name:  web-0
Namespace:  lab
Priority:  0
Service Account:  default
Node:  node-1/IP
Start Time:  DATE
Labels:  app=nginx
                  apps.kubernetes.io/pod-index=0
                  controller-revision-hash=web-HASH
                  statefulset.kubernetes.io/pod-name=web-0
Annotations:  <none>
Status:  Running
IP:  IP
IPs:
  IP:  IP
Controlled By:  StatefulSet/web
Containers:
  nginx:
    Image:  registry.k8s.io/nginx-slim:0.8
    Port:  80/TCP
    Host Port:  0/TCP
    State:  Running
      Started:  DATE
    Ready:  True
    Restart Count:  0
    Environment:  <none>
    Mounts:
      /var/run/secrets/kubernetes.io/serviceaccount from kube-api-access-NAME (ro)
Conditions:
  Type  Status
  PodReadyToStartContainers  True
  Initialized  True
  Ready  True
  ContainersReady  True
  PodScheduled  True
Volumes:
  kube-api-access-NAME:
    Type:  Projected (a volume that contains injected data from multiple sources)
    TokenExpirationSeconds:  3607
    ConfigMapName:  kube-root-ca.crt
    ConfigMapOptional:  <nil>
    DownwardAPI:  true
QoS Class:  BestEffort
Node-Selectors:  <none>
Tolerations:  node.kubernetes.io/not-ready:NoExecute op=Exists for 300s
                             node.kubernetes.io/unreachable:NoExecute op=Exists for 300s
Events:
  Type  Reason  Age  From  Message
  ----  ----  ----  ----  ----
  Normal  Scheduled  AGE  default-scheduler  Successfully assigned lab/web-0 to node-1
  Normal  Created  AGE  kubelet  Container created
  Normal  Started  AGE  kubelet  Container started
$ kubectl describe statefulset web
Name:  web
Namespace:  lab
CreationTimestamp:  DATE
Selector:  app=nginx
Labels:  <none>
Annotations:  <none>
Replicas:  2 desired | 2 total
Update Strategy:  RollingUpdate
  Partition:  0
Pods Status:  2 Running / 0 Waiting / 0 Succeeded / 0 Failed
Pod Template:
  Labels:  app=nginx
  Containers:
   nginx:
    Image:  registry.k8s.io/nginx-slim:0.8
    Port:  80/TCP (web)
    Host Port:  0/TCP (web)
    Environment:  <none>
    Mounts:  <none>
  Volumes:  <none>
  Node-Selectors:  <none>
  Tolerations:  <none>
Volume Claims:  <none>
Events:
  Type  Reason  Age  From  Message
  ----  ----  ----  ----  ----
  Normal  SuccessfulCreate  AGE  statefulset-controller  Create Pod web-0 in StatefulSet web successful
  Normal  SuccessfulCreate  AGE  statefulset-controller  Create Pod web-1 in StatefulSet web successful
--- 1.32
Name:  web
Namespace:  lab
CreationTimestamp:  DATE
Selector:  app=nginx
Labels:  <none>
Annotations:  <none>
Replicas:  2 desired | 2 total
Update Strategy:  RollingUpdate
  Partition:  0
Pods Status:  2 Running / 0 Waiting / 0 Succeeded / 0 Failed
Pod Template:
  Labels:  app=nginx
  Containers:
   nginx:
    Image:  registry.k8s.io/nginx-slim:0.8
    Port:  80/TCP
    Host Port:  0/TCP
    Environment:  <none>
    Mounts:  <none>
  Volumes:  <none>
  Node-Selectors:  <none>
  Tolerations:  <none>
Volume Claims:  <none>
Events:
  Type  Reason  Age  From  Message
  ----  ----  ----  ----  ----
  Normal  SuccessfulCreate  AGE  statefulset-controller  Create Pod web-0 in StatefulSet web successful
  Normal  SuccessfulCreate  AGE  statefulset-controller  Create Pod web-1 in StatefulSet web successful
$ kubectl describe service nginx
Name:  nginx
Namespace:  lab
Labels:  app=nginx
Annotations:  <none>
Selector:  app=nginx
Type:  ClusterIP
IP Family Policy:  SingleStack
IP Families:  IPv4
IP:  None
IPs:  None
Port:  web  80/TCP
TargetPort:  80/TCP
Endpoints:  IP:80,IP:80
Session Affinity:  None
Internal Traffic Policy:  Cluster
Events:  <none>
$ kubectl describe endpoints nginx | grep -v Annotations
Warning: v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice
Name:  nginx
Namespace:  lab
Labels:  app=nginx
              endpoints.kubernetes.io/managed-by=endpoint-controller
              service.kubernetes.io/headless=
Subsets:
  Addresses:  IP,IP
  NotReadyAddresses:  <none>
  Ports:
    Name  Port  Protocol
    ----  ----  ----
    web  80  TCP

Events:  <none>
$ kubectl describe endpointslices -l kubernetes.io/service-name=nginx | grep -v Annotations | sed -E 's/nginx-.{5}$/nginx-NAME/'
Name:  nginx-NAME
Namespace:  lab
Labels:  app=nginx
              endpointslice.kubernetes.io/managed-by=endpointslice-controller.k8s.io
              kubernetes.io/service-name=nginx
              service.kubernetes.io/headless=
AddressType:  IPv4
Ports:
  Name  Port  Protocol
  ----  ----  ----
  web  80  TCP
Endpoints:
  - Addresses:  IP
    Conditions:
      Ready:  true
    Hostname:  web-0
    TargetRef:  Pod/web-0
    NodeName:  node-1
    Zone:  <unset>
  - Addresses:  IP
    Conditions:
      Ready:  true
    Hostname:  web-1
    TargetRef:  Pod/web-1
    NodeName:  node-1
    Zone:  <unset>
Events:  <none>
$ kubectl describe controllerrevision | sed -E '/Managed Fields|Resource Version/d' | head -20
Name:  web-HASH
Namespace:  lab
Labels:  app=nginx
              controller.kubernetes.io/hash=7cc9cf8cd5
Annotations:  <none>
API Version:  apps/v1
Data:
  Spec:
    Template:
      $patch:  replace
      Metadata:
        Labels:
          App:  nginx
      Spec:
        Containers:
          Image:  registry.k8s.io/nginx-slim:0.8
          Image Pull Policy:  IfNotPresent
          Name:  nginx
          Ports:
            Container Port:  80
$ kubectl describe pod nothing
Error from server (NotFound): pods "nothing" not found
[1]
$ kubectl describe pods -l app=nobody
No resources found in lab namespace.
$ kubectl describe nothing
error: the server doesn't have a resource type "nothing"
[1]
$ kubectl describe namespace $NS | grep -v -E '^$|resource quota|LimitRange'
Name:  lab
Labels:  kubernetes.io/metadata.name=lab
Annotations:  <none>
Status:  Active
$ kubectl describe node node-1 | grep -E '^[A-Z][A-Za-z ]+:' | grep -v PodCIDR | sed 's/:.*/:/'
Name:
Roles:
Labels:
Annotations:
CreationTimestamp:
Taints:
Unschedulable:
Lease:
Conditions:
Addresses:
Capacity:
Allocatable:
System Info:
Allocated resources:
Events:
$ kubectl describe pod we | grep ^Name:
Name:  web-0
Name:  web-1

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
  { files: { 'web.yaml': web, 'box.yaml': box } },
);
