import { box, web } from './manifests';
import { session } from './session';

session(
  'kubectl describe pods',
  __filename,
  String.raw`
== Set-up
$ kubectl apply -f web.yaml -f box.yaml
service/nginx created
statefulset.apps/web created
pod/box created
$ kubectl rollout status statefulset/web > /dev/null; kubectl wait --for=condition=Ready pod/box
pod/box condition met

== Pods
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
$ kubectl describe pod nothing
Error from server (NotFound): pods "nothing" not found
[1]
$ kubectl describe pods -l app=nobody
No resources found in lab namespace.
$ kubectl describe pod we | grep ^Name:
Name:  web-0
Name:  web-1
`,
  { files: { 'web.yaml': web, 'box.yaml': box } },
);
