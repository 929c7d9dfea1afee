import { session } from './session';

// kubectl before 1.34 prints the keys of ConfigMaps and Secrets in no order, so what it describes of them is sorted here.
session(
  'kubectl create',
  __filename,
  String.raw`
== Namespaces
$ kubectl create namespace $NS-red
namespace/lab-red created
$ kubectl create namespace $NS-red
Error from server (AlreadyExists): namespaces "lab-red" already exists
[1]
$ kubectl get namespace $NS-red --no-headers
lab-red  Active  AGE
$ kubectl create namespace Not_Valid
The Namespace "Not_Valid" is invalid: metadata.name: Invalid value: "Not_Valid": a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')
[1]
$ kubectl create ns $NS-blue --dry-run=client -o yaml
apiVersion: v1
kind: Namespace
metadata:
  name: lab-blue
spec: {}
status: {}
--- 1.32
apiVersion: v1
kind: Namespace
metadata:
  creationTimestamp: null
  name: lab-blue
spec: {}
status: {}
$ kubectl create ns $NS-blue --dry-run=server
namespace/lab-blue created (server dry run)
$ kubectl get ns $NS-blue
Error from server (NotFound): namespaces "lab-blue" not found
[1]
$ kubectl delete namespace $NS-red
namespace "lab-red" deleted

== ConfigMaps
$ printf 'a=1\nb=two words\n' > vars.env; printf 'hello\nworld\n' > page.html; printf '\377\376\000x' > binary.bin
$ kubectl create configmap plain --from-literal=color=blue --from-literal=size=3
configmap/plain created
$ kubectl create configmap files --from-file=page.html --from-file=other=page.html --from-file=binary.bin
configmap/files created
$ kubectl create configmap env --from-env-file=vars.env
configmap/env created
$ kubectl get configmaps
NAME  DATA  AGE
env  2  AGE
files  3  AGE
kube-root-ca.crt  1  AGE
plain  2  AGE
$ kubectl get configmap plain -o yaml
apiVersion: v1
data:
  color: blue
  size: "3"
kind: ConfigMap
metadata:
  creationTimestamp: "TIME"
  name: plain
  namespace: lab
  resourceVersion: NAMED
  uid: NAMED
$ kubectl get configmap files -o jsonpath='{.data}{"\n"}{.binaryData}{"\n"}'
{"other":"hello\nworld\n","page.html":"hello\nworld\n"}
{"binary.bin":"//4AeA=="}
$ kubectl describe configmap env | grep -v '^$' | LC_ALL=C sort
----
----
1
====
====
Annotations:  <none>
BinaryData
Data
Events:  <none>
Labels:  <none>
Name:  env
Namespace:  lab
a:
b:
two words
$ kubectl describe configmap files | grep -v '^$' | LC_ALL=C sort
----
----
====
====
Annotations:  <none>
BinaryData
Data
Events:  <none>
Labels:  <none>
Name:  files
Namespace:  lab
binary.bin: 4 bytes
hello
hello
other:
page.html:
world
world
$ kubectl create configmap plain --from-literal=color=red
error: failed to create configmap: configmaps "plain" already exists
[1]
$ kubectl create configmap bad --from-literal='a/b=1'
error: "a/b" is not a valid key name for a ConfigMap: a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')
[1]
$ kubectl create configmap Bad_Name --from-literal=a=1
error: failed to create configmap: ConfigMap "Bad_Name" is invalid: metadata.name: Invalid value: "Bad_Name": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')
[1]
$ kubectl create cm missing --from-file=nothing.txt
error: error reading nothing.txt: no such file or directory
[1]

== Secrets
$ kubectl create secret generic login --from-literal=user=ann --from-literal=password='p w'
secret/login created
$ kubectl create secret tls pair --cert=nothing.crt --key=nothing.key
error: Cannot read file nothing.crt, open nothing.crt: no such file or directory
[1]
$ kubectl create secret docker-registry pull --docker-server=registry.example --docker-username=u --docker-password=p --docker-email=e@example.org
secret/pull created
$ kubectl get secrets
NAME  TYPE  DATA  AGE
login  Opaque  2  AGE
pull  kubernetes.io/dockerconfigjson  1  AGE
$ kubectl describe secret login | grep -v '^$' | LC_ALL=C sort
====
Annotations:  <none>
Data
Labels:  <none>
Name:  login
Namespace:  lab
Type:  Opaque
password:  3 bytes
user:  3 bytes
$ kubectl get secret login -o jsonpath='{.data.password}'
cCB3 (no-eol)
$ kubectl get secret pull -o go-template='{{index .data ".dockerconfigjson" | base64decode}}'
{"auths":{"registry.example":{"username":"u","password":"p","email":"e@example.org","auth":"dTpw"}}} (no-eol)
$ kubectl get secret login -o yaml
apiVersion: v1
data:
  password: cCB3
  user: YW5u
kind: Secret
metadata:
  creationTimestamp: "TIME"
  name: login
  namespace: lab
  resourceVersion: NAMED
  uid: NAMED
type: Opaque

== Services
$ kubectl create service clusterip plain --tcp=80:8080 --tcp=443
service/plain created
$ kubectl create service clusterip headless --clusterip=None --tcp=80
service/headless created
$ kubectl create service nodeport outside --tcp=80:8080 --node-port=31234
service/outside created
$ kubectl create service nodeport outside2 --tcp=80 --node-port=31234
error: failed to create NodePort service: Service "outside2" is invalid: spec.ports[0].nodePort: Invalid value: 31234: provided port is already allocated
[1]
$ kubectl create service nodeport outside3 --tcp=80 --node-port=80
error: failed to create NodePort service: Service "outside3" is invalid: spec.ports[0].nodePort: Invalid value: 80: provided port is not in the valid range. The range of valid ports is 30000-32767
[1]
$ kubectl create service loadbalancer cloud --tcp=80
service/cloud created
$ kubectl create service externalname elsewhere --external-name example.org
service/elsewhere created
$ kubectl get services | sed -E 's/(80|443):3[0-9]{4}/\1:NODEPORT/'
NAME  TYPE  CLUSTER-IP  EXTERNAL-IP  PORT(S)  AGE
cloud  LoadBalancer  IP  <pending>  80:NODEPORT/TCP  AGE
elsewhere  ExternalName  <none>  example.org  <none>  AGE
headless  ClusterIP  None  <none>  80/TCP  AGE
outside  NodePort  IP  <none>  80:NODEPORT/TCP  AGE
plain  ClusterIP  IP  <none>  80/TCP,443/TCP  AGE
$ kubectl describe service plain
Name:  plain
Namespace:  lab
Labels:  app=plain
Annotations:  <none>
Selector:  app=plain
Type:  ClusterIP
IP Family Policy:  SingleStack
IP Families:  IPv4
IP:  IP
IPs:  IP
Port:  80-8080  80/TCP
TargetPort:  8080/TCP
Endpoints:
Port:  443  443/TCP
TargetPort:  443/TCP
Endpoints:
Session Affinity:  None
Internal Traffic Policy:  Cluster
Events:  <none>
$ kubectl describe service headless
Name:  headless
Namespace:  lab
Labels:  app=headless
Annotations:  <none>
Selector:  app=headless
Type:  ClusterIP
IP Family Policy:  SingleStack
IP Families:  IPv4
IP:  None
IPs:  None
Port:  80  80/TCP
TargetPort:  80/TCP
Endpoints:
Session Affinity:  None
Internal Traffic Policy:  Cluster
Events:  <none>
$ kubectl describe service elsewhere
Name:  elsewhere
Namespace:  lab
Labels:  app=elsewhere
Annotations:  <none>
Selector:  app=elsewhere
Type:  ExternalName
IP Families:  <none>
IP:
IPs:  <none>
External Name:  example.org
Session Affinity:  None
Events:  <none>
$ kubectl describe service outside
Name:  outside
Namespace:  lab
Labels:  app=outside
Annotations:  <none>
Selector:  app=outside
Type:  NodePort
IP Family Policy:  SingleStack
IP Families:  IPv4
IP:  IP
IPs:  IP
Port:  80-8080  80/TCP
TargetPort:  8080/TCP
NodePort:  80-8080  31234/TCP
Endpoints:
Session Affinity:  None
External Traffic Policy:  Cluster
Internal Traffic Policy:  Cluster
Events:  <none>
$ kubectl get service plain -o yaml
apiVersion: v1
kind: Service
metadata:
  creationTimestamp: "TIME"
  labels:
    app: plain
  name: plain
  namespace: lab
  resourceVersion: NAMED
  uid: NAMED
spec:
  clusterIP: IP
  clusterIPs:
  - IP
  internalTrafficPolicy: Cluster
  ipFamilies:
  - IPv4
  ipFamilyPolicy: SingleStack
  ports:
  - name: 80-8080
    port: 80
    protocol: TCP
    targetPort: 8080
  - name: "443"
    port: 443
    protocol: TCP
    targetPort: 443
  selector:
    app: plain
  sessionAffinity: None
  type: ClusterIP
status:
  loadBalancer: {}
$ kubectl get endpoints plain
Warning: v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice
NAME  ENDPOINTS  AGE
plain  <none>  AGE
$ kubectl get endpointslices -l kubernetes.io/service-name=plain | sed -E 's/plain-.{5}/plain-NAME/'
NAME  ADDRESSTYPE  PORTS  ENDPOINTS  AGE
plain-NAME  IPv4  <unset>  <unset>  AGE

== Accounts and roles
$ kubectl create serviceaccount robot
serviceaccount/robot created
$ kubectl create role reader --verb=get,list,watch --resource=pods,services
role.rbac.authorization.k8s.io/reader created
$ kubectl create role scaler --verb=patch --resource=statefulsets.apps/scale --resource-name=web
role.rbac.authorization.k8s.io/scaler created
$ kubectl create role wrong --verb=get --resource=nothing
the server doesn't have a resource type "nothing"
[1]
$ kubectl create role wrong2 --verb=get --resource=pods.nogroup
the server doesn't have a resource type "pods" in group "nogroup"
[1]
$ kubectl create rolebinding readers --role=reader --serviceaccount=$NS:robot --user=ann --group=class
rolebinding.rbac.authorization.k8s.io/readers created
$ kubectl create clusterrole $NS-reader --verb=get,list --resource=nodes --resource=pods
clusterrole.rbac.authorization.k8s.io/lab-reader created
$ kubectl create clusterrole $NS-metrics --verb=get --non-resource-url=/metrics
clusterrole.rbac.authorization.k8s.io/lab-metrics created
$ kubectl create clusterrolebinding $NS-readers --clusterrole=$NS-reader --serviceaccount=$NS:robot
clusterrolebinding.rbac.authorization.k8s.io/lab-readers created
$ kubectl get serviceaccounts
NAME  AGE
default  AGE
robot  AGE
$ kubectl get roles | sed -E 's/TIME/CREATED/'
NAME  CREATED AT
reader  TIME
scaler  TIME
$ kubectl get rolebindings -o wide
NAME  ROLE  AGE  USERS  GROUPS  SERVICEACCOUNTS
readers  Role/reader  AGE  ann  class  lab/robot
$ kubectl describe role reader
Name:  reader
Labels:  <none>
Annotations:  <none>
PolicyRule:
  Resources  Non-Resource URLs  Resource Names  Verbs
  ----  ----  ----  ----
  pods  []  []  [get list watch]
  services  []  []  [get list watch]
$ kubectl describe role scaler
Name:  scaler
Labels:  <none>
Annotations:  <none>
PolicyRule:
  Resources  Non-Resource URLs  Resource Names  Verbs
  ----  ----  ----  ----
  statefulsets.apps/scale  []  [web]  [patch]
$ kubectl describe rolebinding readers
Name:  readers
Labels:  <none>
Annotations:  <none>
Role:
  Kind:  Role
  Name:  reader
Subjects:
  Kind  Name  Namespace
  ----  ----  ----
  User  ann
  Group  class
  ServiceAccount  robot  lab
$ kubectl describe clusterrole $NS-reader
Name:  lab-reader
Labels:  <none>
Annotations:  <none>
PolicyRule:
  Resources  Non-Resource URLs  Resource Names  Verbs
  ----  ----  ----  ----
  nodes  []  []  [get list]
  pods  []  []  [get list]
$ kubectl describe clusterrole $NS-metrics
Name:  lab-metrics
Labels:  <none>
Annotations:  <none>
PolicyRule:
  Resources  Non-Resource URLs  Resource Names  Verbs
  ----  ----  ----  ----
             [/metrics]  []  [get]
$ kubectl describe clusterrolebinding $NS-readers
Name:  lab-readers
Labels:  <none>
Annotations:  <none>
Role:
  Kind:  ClusterRole
  Name:  lab-reader
Subjects:
  Kind  Name  Namespace
  ----  ----  ----
  ServiceAccount  robot  lab
$ kubectl describe serviceaccount robot
Name:  robot
Namespace:  lab
Labels:  <none>
Annotations:  <none>
Image pull secrets:  <none>
Events:  <none>
--- 1.32
Name:  robot
Namespace:  lab
Labels:  <none>
Annotations:  <none>
Image pull secrets:  <none>
Mountable secrets:  <none>
Tokens:  <none>
Events:  <none>
$ kubectl create token robot | tr -c . x | sed -E 's/x+/x/g'
x.x.x (no-eol)
$ kubectl create token nobody
error: failed to create token: serviceaccounts "nobody" not found
[1]
$ kubectl delete clusterrolebinding/$NS-readers clusterrole/$NS-reader clusterrole/$NS-metrics
clusterrolebinding.rbac.authorization.k8s.io "lab-readers" deleted
clusterrole.rbac.authorization.k8s.io "lab-reader" deleted
clusterrole.rbac.authorization.k8s.io "lab-metrics" deleted
`,
);
