import { box, web } from './manifests';
import { session } from './session';

session(
  'kubectl describe sets, Services, nodes',
  __filename,
  String.raw`
== Set-up
$ kubectl apply -f web.yaml -f box.yaml
service/nginx created
statefulset.apps/web created
pod/box created
$ kubectl rollout status statefulset/web > /dev/null; kubectl wait --for=condition=Ready pod/box
pod/box condition met

== Sets and Services
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

== Others
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
`,
  { files: { 'web.yaml': web, 'box.yaml': box } },
);
