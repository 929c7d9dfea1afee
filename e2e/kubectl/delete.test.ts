import { web, box } from './manifests';
import { session } from './session';

session(
  'kubectl delete',
  __filename,
  String.raw`
== Objects
$ kubectl apply -f web.yaml -f box.yaml
service/nginx created
statefulset.apps/web created
pod/box created
$ kubectl rollout status statefulset/web > /dev/null; kubectl wait --for=condition=Ready pod/box
pod/box condition met
$ kubectl delete pod box --dry-run=client
pod "box" deleted from lab namespace (dry run)
--- 1.32
pod "box" deleted (dry run)
$ kubectl delete pod box --dry-run=server
pod "box" deleted from lab namespace (server dry run)
--- 1.32
pod "box" deleted (server dry run)
$ kubectl delete pod box --now
pod "box" deleted from lab namespace
--- 1.32
pod "box" deleted
$ kubectl delete pod box
Error from server (NotFound): pods "box" not found
[1]
$ kubectl delete pod box --ignore-not-found
$ kubectl delete pod
error: resource(s) were provided, but no name was specified
[1]
$ kubectl delete pods -l app=nobody
No resources found
$ kubectl delete nothing x
error: the server doesn't have a resource type "nothing"
[1]
$ kubectl delete pod web-0 --force 2>&1
Warning: Immediate deletion does not wait for confirmation that the running resource has been terminated. The resource may continue to run on the cluster indefinitely.
pod "web-0" force deleted from lab namespace
--- 1.32
Warning: Immediate deletion does not wait for confirmation that the running resource has been terminated. The resource may continue to run on the cluster indefinitely.
pod "web-0" force deleted
$ kubectl delete pod web-1 --grace-period=0
pod "web-1" deleted from lab namespace
--- 1.32
pod "web-1" deleted
$ kubectl delete pod web-1 --wait=false -o name
pod/web-1
$ kubectl rollout status statefulset/web > /dev/null
$ for name in a b c; do kubectl create configmap $name > /dev/null; kubectl label configmap $name set=x > /dev/null; done
$ kubectl delete configmap a b d
configmap "a" deleted from lab namespace
configmap "b" deleted from lab namespace
Error from server (NotFound): configmaps "d" not found
[1]
--- 1.32
configmap "a" deleted
configmap "b" deleted
Error from server (NotFound): configmaps "d" not found
[1]
$ kubectl delete configmaps -l set=x
configmap "c" deleted from lab namespace
--- 1.32
configmap "c" deleted
$ kubectl delete configmap,secret --all --dry-run=server
configmap "kube-root-ca.crt" deleted from lab namespace (server dry run)
--- 1.32
configmap "kube-root-ca.crt" deleted (server dry run)
$ kubectl delete -f web.yaml --cascade=orphan
service "nginx" deleted from lab namespace
statefulset.apps "web" deleted from lab namespace
--- 1.32
service "nginx" deleted
statefulset.apps "web" deleted
$ kubectl get pods -l app=nginx -o jsonpath='{.items[*].metadata.ownerReferences}'
$ kubectl create -f web.yaml
service/nginx created
statefulset.apps/web created
$ kubectl rollout status statefulset/web > /dev/null
$ kubectl get pods -l app=nginx -o jsonpath='{.items[*].metadata.ownerReferences[*].kind}'
StatefulSet StatefulSet (no-eol)
$ kubectl delete statefulset web --cascade=foreground
statefulset.apps "web" deleted from lab namespace
--- 1.32
statefulset.apps "web" deleted
$ kubectl get pods
No resources found in lab namespace.
$ kubectl delete --all services
service "nginx" deleted from lab namespace
--- 1.32
service "nginx" deleted
$ kubectl delete --raw /api/v1/namespaces/$NS/configmaps/nothing
Error from server (NotFound): configmaps "nothing" not found
[1]
$ kubectl delete service/nginx statefulset/nothing
Error from server (NotFound): services "nginx" not found
Error from server (NotFound): statefulsets.apps "nothing" not found
[1]

== Waiting for it
$ kubectl create configmap held
configmap/held created
$ kubectl patch configmap held --type=merge -p '{"metadata":{"finalizers":["example.org/hold"]}}'
configmap/held patched
$ kubectl delete configmap held --timeout=1s 2>&1 | grep -v -E 'reflector|Failed to watch'
configmap "held" deleted from lab namespace
error: timed out waiting for the condition on configmaps/held
--- 1.32
configmap "held" deleted
error: timed out waiting for the condition on configmaps/held
$ kubectl wait --for=delete configmap/held --timeout=1s 2>&1 | grep -v reflector
error: timed out waiting for the condition on configmaps/held
$ kubectl get configmap held -o jsonpath='{.metadata.finalizers}'
["example.org/hold"] (no-eol)
$ kubectl patch configmap held --type=json -p '[{"op":"remove","path":"/metadata/finalizers"}]'
configmap/held patched
$ kubectl wait --for=delete configmap/held
$ kubectl get configmap held
Error from server (NotFound): configmaps "held" not found
[1]
$ kubectl create namespace $NS-other; kubectl create configmap x -n $NS-other > /dev/null; kubectl delete ns $NS-other
namespace/lab-other created
namespace "lab-other" deleted
$ kubectl get cm x -n $NS-other
Error from server (NotFound): namespaces "lab-other" not found
[1]
$ kubectl delete namespace kube-system --dry-run=server
Error from server (Forbidden): namespaces "kube-system" is forbidden: this namespace may not be deleted
[1]
$ kubectl delete namespace default
Error from server (Forbidden): namespaces "default" is forbidden: this namespace may not be deleted
[1]
`,
  { files: { 'web.yaml': web, 'box.yaml': box } },
);
