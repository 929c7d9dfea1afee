import { box } from './manifests';
import { session } from './session';

// Events of one second come in no order of their own, so they are sorted here.
session(
  'kubectl explain, api-resources, cluster-info',
  __filename,
  String.raw`
== Explain
$ kubectl explain statefulset | grep -E '^(GROUP|KIND|VERSION|FIELD)|^ +[a-zA-Z]+\t<'
GROUP:  apps
KIND:  StatefulSet
VERSION:  v1
FIELDS:
$ kubectl explain statefulset.spec | grep -E '^(GROUP|KIND|VERSION|FIELD)|^ +[a-zA-Z]+\t<'
GROUP:  apps
KIND:  StatefulSet
VERSION:  v1
FIELD: spec <StatefulSetSpec>
FIELDS:
$ kubectl explain pod.spec.containers.livenessProbe | grep -E '^(GROUP|KIND|VERSION|FIELD)|^ +[a-zA-Z]+\t<'
KIND:  Pod
VERSION:  v1
FIELD: livenessProbe <Probe>
FIELDS:
$ kubectl explain pods.spec.restartPolicy | grep -E '^(GROUP|KIND|VERSION|FIELD)|^ +[a-zA-Z]+\t<'
KIND:  Pod
VERSION:  v1
FIELD: restartPolicy <string>
$ kubectl explain service.spec.ports | grep -E '^(GROUP|KIND|VERSION|FIELD)|^ +[a-zA-Z]+\t<'
KIND:  Service
VERSION:  v1
FIELD: ports <[]ServicePort>
FIELDS:
$ kubectl explain pvc.spec.resources --recursive | grep -E '^(GROUP|KIND|VERSION|FIELD)|^ +[a-zA-Z]+\t<'
KIND:  PersistentVolumeClaim
VERSION:  v1
FIELD: resources <VolumeResourceRequirements>
FIELDS:
$ kubectl explain sts.spec.updateStrategy --recursive | grep -E '^(GROUP|KIND|VERSION|FIELD)|^ +[a-zA-Z]+\t<'
GROUP:  apps
KIND:  StatefulSet
VERSION:  v1
FIELD: updateStrategy <StatefulSetUpdateStrategy>
FIELDS:
$ kubectl explain configmap | grep -E '^(GROUP|KIND|VERSION|FIELD)|^ +[a-zA-Z]+\t<'
KIND:  ConfigMap
VERSION:  v1
FIELDS:
$ kubectl explain pod.spec.nothing
KIND:  Pod
VERSION:  v1

error: field "nothing" does not exist
[1]
$ kubectl explain nothing
the server doesn't have a resource type "nothing"
[1]
$ kubectl explain storageclass.volumeBindingMode | grep -E '^(GROUP|KIND|VERSION|FIELD)|^ +[a-zA-Z]+\t<'
GROUP:  storage.k8s.io
KIND:  StorageClass
VERSION:  v1
FIELD: volumeBindingMode <string>
$ kubectl explain statefulsets --api-version=apps/v1 | head -5
GROUP:  apps
KIND:  StatefulSet
VERSION:  v1

DESCRIPTION:
$ kubectl explain namespace.status | grep -E '^(GROUP|KIND|VERSION|FIELD)|^ +[a-zA-Z]+\t<'
KIND:  Namespace
VERSION:  v1
FIELD: status <NamespaceStatus>
FIELDS:
$ kubectl explain role.rules | grep -E '^(GROUP|KIND|VERSION|FIELD)|^ +[a-zA-Z]+\t<'
GROUP:  rbac.authorization.k8s.io
KIND:  Role
VERSION:  v1
FIELD: rules <[]PolicyRule>
FIELDS:
$ kubectl explain secret.data -o plaintext-openapiv2
KIND:  Secret
VERSION:  v1

FIELD:  data <map[string]string>

DESCRIPTION:
     Data contains the secret data. Each key must consist of alphanumeric
     characters, '-', '_' or '.'. The serialized form of the secret data is a
     base64 encoded string, representing the arbitrary (possibly non-string)
     data value here. Described in https://tools.ietf.org/html/rfc4648#section-4

== What there is
$ kubectl api-resources --api-group=apps | grep -E 'NAME|statefulsets|controllerrevisions'
NAME  SHORTNAMES  APIVERSION  NAMESPACED  KIND
controllerrevisions  apps/v1  true  ControllerRevision
statefulsets  sts  apps/v1  true  StatefulSet
$ kubectl api-resources --api-group= -o wide | grep -v -E 'componentstatuses|limitranges|podtemplates|replicationcontrollers|resourcequotas'
NAME  SHORTNAMES  APIVERSION  NAMESPACED  KIND  VERBS  CATEGORIES
bindings  v1  true  Binding  create
configmaps  cm  v1  true  ConfigMap  create,delete,deletecollection,get,list,patch,update,watch
endpoints  ep  v1  true  Endpoints  create,delete,deletecollection,get,list,patch,update,watch
events  ev  v1  true  Event  create,delete,deletecollection,get,list,patch,update,watch
namespaces  ns  v1  false  Namespace  create,delete,get,list,patch,update,watch
nodes  no  v1  false  Node  create,delete,deletecollection,get,list,patch,update,watch
persistentvolumeclaims  pvc  v1  true  PersistentVolumeClaim  create,delete,deletecollection,get,list,patch,update,watch
persistentvolumes  pv  v1  false  PersistentVolume  create,delete,deletecollection,get,list,patch,update,watch
pods  po  v1  true  Pod  create,delete,deletecollection,get,list,patch,update,watch  all
secrets  v1  true  Secret  create,delete,deletecollection,get,list,patch,update,watch
serviceaccounts  sa  v1  true  ServiceAccount  create,delete,deletecollection,get,list,patch,update,watch
services  svc  v1  true  Service  create,delete,deletecollection,get,list,patch,update,watch  all
$ kubectl api-resources --api-group=storage.k8s.io | grep -E 'NAME|storageclasses'
NAME  SHORTNAMES  APIVERSION  NAMESPACED  KIND
storageclasses  sc  storage.k8s.io/v1  false  StorageClass
$ kubectl api-resources --api-group=rbac.authorization.k8s.io
NAME  SHORTNAMES  APIVERSION  NAMESPACED  KIND
clusterrolebindings  rbac.authorization.k8s.io/v1  false  ClusterRoleBinding
clusterroles  rbac.authorization.k8s.io/v1  false  ClusterRole
rolebindings  rbac.authorization.k8s.io/v1  true  RoleBinding
roles  rbac.authorization.k8s.io/v1  true  Role
$ kubectl api-resources --api-group=authorization.k8s.io
NAME  SHORTNAMES  APIVERSION  NAMESPACED  KIND
localsubjectaccessreviews  authorization.k8s.io/v1  true  LocalSubjectAccessReview
selfsubjectaccessreviews  authorization.k8s.io/v1  false  SelfSubjectAccessReview
selfsubjectrulesreviews  authorization.k8s.io/v1  false  SelfSubjectRulesReview
subjectaccessreviews  authorization.k8s.io/v1  false  SubjectAccessReview
$ kubectl api-resources --api-group=authentication.k8s.io
NAME  SHORTNAMES  APIVERSION  NAMESPACED  KIND
selfsubjectreviews  authentication.k8s.io/v1  false  SelfSubjectReview
tokenreviews  authentication.k8s.io/v1  false  TokenReview
$ kubectl api-resources --api-group=discovery.k8s.io --no-headers
endpointslices  discovery.k8s.io/v1  true  EndpointSlice
$ kubectl api-resources --namespaced=false --verbs=list,get -o name --api-group= | grep -v componentstatuses
namespaces
nodes
persistentvolumes
$ kubectl api-resources --api-group=apps --sort-by=kind -o name | grep stateful
statefulsets.apps
$ kubectl api-resources --categories=all --api-group=apps -o name | grep stateful
statefulsets.apps
$ kubectl api-versions | grep -E '^(v1|apps|rbac|storage|discovery|authorization|authentication)'
apps/v1
authentication.k8s.io/v1
authorization.k8s.io/v1
discovery.k8s.io/v1
rbac.authorization.k8s.io/v1
storage.k8s.io/v1
v1
$ kubectl version | grep Server
Server Version: v1.36.3
--- 1.32
WARNING: version difference between client (1.32) and server (1.36) exceeds the supported minor version skew of +/-1
Server Version: v1.36.3
$ kubectl cluster-info | sed -E 's/\x1b\[[0-9;]*m//g;s#https://[^/]*#https://ADDRESS#' | grep -v CoreDNS
Kubernetes control plane is running at https://ADDRESS

To further debug and diagnose cluster problems, use 'kubectl cluster-info dump'.
$ kubectl cluster-info dump --namespaces=$NS -o yaml | head -3
apiVersion: v1
items:
- metadata:
$ kubectl get --raw /livez
ok (no-eol)
$ kubectl get namespace default kube-system kube-public kube-node-lease --no-headers
default  Active  AGE
kube-system  Active  AGE
kube-public  Active  AGE
kube-node-lease  Active  AGE
$ kubectl get service kubernetes -n default
NAME  TYPE  CLUSTER-IP  EXTERNAL-IP  PORT(S)  AGE
kubernetes  ClusterIP  IP  <none>  443/TCP  AGE
$ kubectl get storageclass standard --no-headers | awk '{print $1,$2,$4}'
standard (default) Delete
$ kubectl get node node-1
NAME  STATUS  ROLES  AGE  VERSION
node-1  Ready  <none>  AGE  v1.36.3
$ kubectl top pods
error: Metrics API not available
[1]
$ kubectl top nodes
error: Metrics API not available
[1]
$ kubectl config view --minify -o jsonpath='{.contexts[0].context.namespace}'
lab (no-eol)
$ kubectl config get-contexts --no-headers | awk '{print $1, $5}'
* lab

== Events
$ kubectl events
No events found in lab namespace.
$ kubectl create -f box.yaml; kubectl wait --for=condition=Ready pod/box
pod/box created
pod/box condition met
$ kubectl events --for pod/box | grep -v Pull | LC_ALL=C sort -b -k2
AGE  Normal  Created  Pod/box  Container created
AGE  Normal  Created  Pod/box  Container created
AGE  Normal  Scheduled  Pod/box  Successfully assigned lab/box to node-1
AGE  Normal  Started  Pod/box  Container started
AGE  Normal  Started  Pod/box  Container started
LAST SEEN  TYPE  REASON  OBJECT  MESSAGE
$ kubectl get events --field-selector involvedObject.name=box,reason=Scheduled
LAST SEEN  TYPE  REASON  OBJECT  MESSAGE
AGE  Normal  Scheduled  pod/box  Successfully assigned lab/box to node-1
$ kubectl get events --sort-by=.metadata.creationTimestamp -o custom-columns=R:.reason,O:.involvedObject.kind,T:.type,C:.source.component,RC:.reportingComponent | grep -v Pull | LC_ALL=C sort
Created  Pod  Normal  kubelet  kubelet
Created  Pod  Normal  kubelet  kubelet
R  O  T  C  RC
Scheduled  Pod  Normal  default-scheduler  default-scheduler
Started  Pod  Normal  kubelet  kubelet
Started  Pod  Normal  kubelet  kubelet
$ kubectl get events -o wide --field-selector reason=Scheduled
LAST SEEN  TYPE  REASON  OBJECT  SUBOBJECT  SOURCE  MESSAGE  FIRST SEEN  COUNT  NAME
AGE  Normal  Scheduled  pod/box  default-scheduler  Successfully assigned lab/box to node-1  AGE  1  box.NAME
$ kubectl events --types=Warning
No events found in lab namespace.
$ kubectl run unknown --image=registry.k8s.io/nothing:0
pod/unknown created
$ kubectl wait --for=jsonpath='{.status.containerStatuses[0].state.waiting.reason}'=ImagePullBackOff pod/unknown --timeout=60s
pod/unknown condition met
$ kubectl get pod unknown
NAME  READY  STATUS  RESTARTS  AGE
unknown  0/1  ImagePullBackOff  0  AGE
$ kubectl events --for pod/unknown --types=Warning -o json | grep -E '"(reason|type)"' | sort | uniq
            "reason": "Failed",
            "type": "Warning",
`,
  { files: { 'box.yaml': box } },
);
