import { web } from './manifests';
import { session } from './session';

session(
  'kubectl apply',
  __filename,
  String.raw`
== Client side
$ kubectl apply -f web.yaml --dry-run=client
service/nginx created (dry run)
statefulset.apps/web created (dry run)
$ kubectl apply -f web.yaml --dry-run=server
service/nginx created (server dry run)
statefulset.apps/web created (server dry run)
$ kubectl apply -f web.yaml
service/nginx created
statefulset.apps/web created
$ kubectl apply -f web.yaml
service/nginx unchanged
statefulset.apps/web unchanged
$ kubectl rollout status statefulset/web > /dev/null
$ sed -i 's/replicas: 2/replicas: 1/' web.yaml
$ kubectl diff -f web.yaml | sed -E '/generation:/d'
diff -u -N
--- /tmp/LIVE/web
+++ /tmp/MERGED/web
@@ -5,7 +5,7 @@
     kubectl.kubernetes.io/last-applied-configuration: |
       {"apiVersion":"apps/v1","kind":"StatefulSet","metadata":{"annotations":{},"name":"web","namespace":"lab"},"spec":{"replicas":2,"selector":{"matchLabels":{"app":"nginx"}},"serviceName":"nginx","template":{"metadata":{"labels":{"app":"nginx"}},"spec":{"containers":[{"image":"registry.k8s.io/nginx-slim:0.8","name":"nginx","ports":[{"containerPort":80,"name":"web"}]}]}}}}
   creationTimestamp: "TIME"
   name: web
   namespace: lab
   resourceVersion: NAMED
@@ -15,7 +15,7 @@
     whenDeleted: Retain
     whenScaled: Retain
   podManagementPolicy: OrderedReady
-  replicas: 2
+  replicas: 1
   revisionHistoryLimit: 10
   selector:
     matchLabels:
$ kubectl apply -f web.yaml
service/nginx unchanged
statefulset.apps/web configured
$ kubectl get statefulset web -o jsonpath='{.spec.replicas} {.metadata.generation} {.metadata.annotations}'
1 2 {"kubectl.kubernetes.io/last-applied-configuration":"{\"apiVersion\":\"apps/v1\",\"kind\":\"StatefulSet\",\"metadata\":{\"annotations\":{},\"name\":\"web\",\"namespace\":\"lab\"},\"spec\":{\"replicas\":1,\"selector\":{\"matchLabels\":{\"app\":\"nginx\"}},\"serviceName\":\"nginx\",\"template\":{\"metadata\":{\"labels\":{\"app\":\"nginx\"}},\"spec\":{\"containers\":[{\"image\":\"registry.k8s.io/nginx-slim:0.8\",\"name\":\"nginx\",\"ports\":[{\"containerPort\":80,\"name\":\"web\"}]}]}}}}\n"} (no-eol)
$ kubectl apply view-last-applied statefulset web
apiVersion: apps/v1
kind: StatefulSet
metadata:
  annotations: {}
  name: web
  namespace: lab
spec:
  replicas: 1
  selector:
    matchLabels:
      app: nginx
  serviceName: nginx
  template:
    metadata:
      labels:
        app: nginx
    spec:
      containers:
      - image: registry.k8s.io/nginx-slim:0.8
        name: nginx
        ports:
        - containerPort: 80
          name: web
$ kubectl diff -f web.yaml
$ kubectl wait --for=jsonpath='{.status.currentReplicas}'=1 statefulset/web && kubectl wait --for=delete pod/web-1 > /dev/null
statefulset.apps/web condition met
$ kubectl get statefulset web -o yaml | sed -E '/last-applied/,+1d'
apiVersion: apps/v1
kind: StatefulSet
metadata:
  annotations:
  creationTimestamp: "TIME"
  generation: 2
  name: web
  namespace: lab
  resourceVersion: NAMED
  uid: NAMED
spec:
  persistentVolumeClaimRetentionPolicy:
    whenDeleted: Retain
    whenScaled: Retain
  podManagementPolicy: OrderedReady
  replicas: 1
  revisionHistoryLimit: 10
  selector:
    matchLabels:
      app: nginx
  serviceName: nginx
  template:
    metadata:
      labels:
        app: nginx
    spec:
      containers:
      - image: registry.k8s.io/nginx-slim:0.8
        imagePullPolicy: IfNotPresent
        name: nginx
        ports:
        - containerPort: 80
          name: web
          protocol: TCP
        resources: {}
        terminationMessagePath: /dev/termination-log
        terminationMessagePolicy: File
      dnsPolicy: ClusterFirst
      restartPolicy: Always
      schedulerName: default-scheduler
      securityContext: {}
      terminationGracePeriodSeconds: 30
  updateStrategy:
    rollingUpdate:
      partition: 0
    type: RollingUpdate
status:
  availableReplicas: 1
  collisionCount: 0
  currentReplicas: 1
  currentRevision: web-HASH
  observedGeneration: 2
  readyReplicas: 1
  replicas: 1
  updateRevision: web-HASH
  updatedReplicas: 1

== What is refused
$ printf 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {a: 1}\n' | kubectl apply -f -
Error from server (BadRequest): error when creating "STDIN": ConfigMap in version "v1" cannot be handled as a ConfigMap: json: cannot unmarshal number into Go struct field ConfigMap.data of type string
[1]
$ printf 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndatas: {a: "1"}\n' | kubectl apply -f -
Error from server (BadRequest): error when creating "STDIN": ConfigMap in version "v1" cannot be handled as a ConfigMap: strict decoding error: unknown field "datas"
[1]
$ printf 'apiVersion: v1\nkind: Nothing\nmetadata: {name: a}\n' | kubectl apply -f -
error: resource mapping not found for name: "a" namespace: "" from "STDIN": no matches for kind "Nothing" in version "v1"
ensure CRDs are installed first
[1]
$ printf 'apiVersion: v1\nmetadata: {name: a}\n' | kubectl apply -f -
error: error validating "STDIN": error validating data: kind not set; if you choose to ignore these errors, turn validation off with --validate=false
[1]
$ printf 'apiVersion: v1\nkind: ConfigMap\n' | kubectl apply -f -
error: error when retrieving current configuration of:
Resource: "/v1, Resource=configmaps", GroupVersionKind: "/v1, Kind=ConfigMap"
Name: "", Namespace: "lab"
from server for: "STDIN": resource name may not be empty
[1]
$ printf 'a: [1\n' | kubectl apply -f -
error: error parsing STDIN: error converting YAML to JSON: yaml: line 1: did not find expected ',' or ']'
[1]
$ printf 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: nowhere-at-all}\n' | kubectl apply -f -
Error from server (NotFound): error when creating "STDIN": namespaces "nowhere-at-all" not found
[1]
$ kubectl apply -f missing.yaml
error: the path "missing.yaml" does not exist
[1]
$ sed 's/serviceName: nginx/serviceName: other/' web.yaml | kubectl apply -f -
service/nginx unchanged
The StatefulSet "web" is invalid: spec: Forbidden: updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden
[1]
$ sed 's/matchLabels: {app: nginx}/matchLabels: {app: other}/;/^apiVersion: v1/,/^---/d' web.yaml | kubectl create -f - --dry-run=server
The StatefulSet "web" is invalid: spec.template.metadata.labels: Invalid value: {"app":"nginx"}: 'selector' does not match template 'labels'
[1]
$ printf 'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: []}\n' | kubectl apply -f -
The Pod "a" is invalid: spec.containers: Required value
[1]
$ printf 'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: "A b", image: ""}], restartPolicy: Sometimes}\n' | kubectl apply -f -
The Pod "a" is invalid:
* spec.containers[0].name: Invalid value: "A b": a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')
* spec.containers[0].image: Required value
* spec.restartPolicy: Unsupported value: "Sometimes": supported values: "Always", "OnFailure", "Never"
[1]
$ printf 'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: a, image: a, ports: [{containerPort: 70000}], resources: {requests: {cpu: x}}}]}\n' | kubectl apply -f -
Error from server (BadRequest): error when creating "STDIN": Pod in version "v1" cannot be handled as a Pod: quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'
[1]

== Server side
$ printf 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: shared}\ndata: {a: "1", b: "2"}\n' > shared.yaml
$ kubectl apply --server-side -f shared.yaml
configmap/shared serverside-applied
$ kubectl apply --server-side -f shared.yaml
configmap/shared serverside-applied
$ sed 's/a: "1"/a: "3"/' shared.yaml | kubectl apply --server-side --field-manager=other -f -
error: Apply failed with 1 conflict: conflict with "kubectl": .data.a
Please review the fields above--they currently have other managers. Here
are the ways you can resolve this warning:
* If you intend to manage all of these fields, please re-run the apply
  command with the '--force-conflicts' flag.
* If you do not intend to manage all of the fields, please edit your
  manifest to remove references to the fields that should keep their
  current managers.
* You may co-own fields by updating your manifest to match the existing
  value; in this case, you'll become the manager if the other manager(s)
  stop managing the field (remove it from their configuration).
See https://kubernetes.io/docs/reference/using-api/server-side-apply/#conflicts
[1]
$ sed 's/a: "1"/a: "3"/' shared.yaml | kubectl apply --server-side --field-manager=other --force-conflicts -f -
configmap/shared serverside-applied
$ kubectl get configmap shared -o yaml --show-managed-fields
apiVersion: v1
data:
  a: "3"
  b: "2"
kind: ConfigMap
metadata:
  creationTimestamp: "TIME"
  managedFields:
  - apiVersion: v1
    fieldsType: FieldsV1
    fieldsV1:
      f:data:
        f:b: {}
    manager: kubectl
    operation: Apply
    time: "TIME"
  - apiVersion: v1
    fieldsType: FieldsV1
    fieldsV1:
      f:data:
        f:a: {}
        f:b: {}
    manager: other
    operation: Apply
    time: "TIME"
  name: shared
  namespace: lab
  resourceVersion: NAMED
  uid: NAMED
$ printf 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: shared}\ndata: {a: "3"}\n' | kubectl apply --server-side --field-manager=other -f -
configmap/shared serverside-applied
$ kubectl get configmap shared -o jsonpath='{.data}'
{"a":"3","b":"2"} (no-eol)
$ printf 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: shared}\n' | kubectl apply --server-side --field-manager=other -f -
configmap/shared serverside-applied
$ kubectl get configmap shared -o jsonpath='{.data}'
{"b":"2"} (no-eol)
$ kubectl apply --server-side -f web.yaml
service/nginx serverside-applied
statefulset.apps/web serverside-applied
$ kubectl apply --server-side --dry-run=server -f web.yaml
service/nginx serverside-applied (server dry run)
statefulset.apps/web serverside-applied (server dry run)
$ kubectl diff --server-side -f web.yaml

== Lists, folders and pruning
$ mkdir -p many; for n in a b c; do kubectl create configmap $n --from-literal=n=$n --dry-run=client -o yaml | kubectl label -f - --local -o yaml set=many > many/$n.yaml; done
$ kubectl apply -f many
configmap/a created
configmap/b created
configmap/c created
$ rm many/b.yaml
$ kubectl apply -f many --prune -l set=many --prune-allowlist=core/v1/ConfigMap
configmap/a unchanged
configmap/c unchanged
configmap/b pruned
--- 1.32
configmap/a configured
configmap/c configured
configmap/b pruned
$ kubectl get configmaps -l set=many -o name
configmap/a
configmap/c
$ kubectl apply edit-last-applied configmap a --help > /dev/null
$ kubectl create configmap plain --from-literal=a=1
configmap/plain created
$ kubectl create configmap plain --from-literal=a=2 --dry-run=client -o yaml | kubectl apply -f -
Warning: resource configmaps/plain is missing the kubectl.kubernetes.io/last-applied-configuration annotation which is required by kubectl apply. kubectl apply should only be used on resources created declaratively by either kubectl create --save-config or kubectl apply. The missing annotation will be patched automatically.
configmap/plain configured
$ kubectl apply set-last-applied -f many/a.yaml
configmap/a configured
$ kubectl get configmaps -l set=many -o json | kubectl apply -f - 2>&1 | sed 's/^Warning.*/WARNING/'
configmap/a configured
configmap/c configured
$ kubectl delete -f many
configmap "a" deleted from lab namespace
configmap "c" deleted from lab namespace
--- 1.32
configmap "a" deleted
configmap "c" deleted
$ kubectl delete -f web.yaml
service "nginx" deleted from lab namespace
statefulset.apps "web" deleted from lab namespace
--- 1.32
service "nginx" deleted
statefulset.apps "web" deleted
`,
  { files: { 'web.yaml': web } },
);
