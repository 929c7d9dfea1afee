import { box, web } from './manifests';
import { session } from './session';

session(
  'kubectl get',
  __filename,
  String.raw`
== Set-up
$ kubectl get pods
No resources found in lab namespace.
$ kubectl get all
No resources found in lab namespace.
$ kubectl apply -f web.yaml -f box.yaml
service/nginx created
statefulset.apps/web created
pod/box created
$ kubectl rollout status statefulset/web > /dev/null; kubectl wait --for=condition=Ready pod/box
pod/box condition met

== Tables
$ kubectl get all
NAME  READY  STATUS  RESTARTS  AGE
pod/box  2/2  Running  0  AGE
pod/web-0  1/1  Running  0  AGE
pod/web-1  1/1  Running  0  AGE

NAME  TYPE  CLUSTER-IP  EXTERNAL-IP  PORT(S)  AGE
service/nginx  ClusterIP  None  <none>  80/TCP  AGE

NAME  READY  AGE
statefulset.apps/web  2/2  AGE
$ kubectl get pods,services
NAME  READY  STATUS  RESTARTS  AGE
pod/box  2/2  Running  0  AGE
pod/web-0  1/1  Running  0  AGE
pod/web-1  1/1  Running  0  AGE

NAME  TYPE  CLUSTER-IP  EXTERNAL-IP  PORT(S)  AGE
service/nginx  ClusterIP  None  <none>  80/TCP  AGE
$ kubectl get sts -o wide
NAME  READY  AGE  CONTAINERS  IMAGES
web  2/2  AGE  nginx  registry.k8s.io/nginx-slim:0.8
$ kubectl get pods -o wide
NAME  READY  STATUS  RESTARTS  AGE  IP  NODE  NOMINATED NODE  READINESS GATES
box  2/2  Running  0  AGE  IP  node-1  <none>  <none>
web-0  1/1  Running  0  AGE  IP  node-1  <none>  <none>
web-1  1/1  Running  0  AGE  IP  node-1  <none>  <none>
$ kubectl get pods --show-labels
NAME  READY  STATUS  RESTARTS  AGE  LABELS
box  2/2  Running  0  AGE  app=box,tier=test
web-0  1/1  Running  0  AGE  app=nginx,apps.kubernetes.io/pod-index=0,controller-revision-hash=web-HASH,statefulset.kubernetes.io/pod-name=web-0
web-1  1/1  Running  0  AGE  app=nginx,apps.kubernetes.io/pod-index=1,controller-revision-hash=web-HASH,statefulset.kubernetes.io/pod-name=web-1
$ kubectl get pods -L app,tier
NAME  READY  STATUS  RESTARTS  AGE  APP  TIER
box  2/2  Running  0  AGE  box  test
web-0  1/1  Running  0  AGE  nginx
web-1  1/1  Running  0  AGE  nginx
$ kubectl get pods -l app=nginx --no-headers
web-0  1/1  Running  0  AGE
web-1  1/1  Running  0  AGE
$ kubectl get pods -l 'app in (box),tier!=prod' -o name
pod/box
$ kubectl get pods --field-selector=metadata.name=box
NAME  READY  STATUS  RESTARTS  AGE
box  2/2  Running  0  AGE
$ kubectl get pods --field-selector=status.phase!=Running
No resources found in lab namespace.
$ kubectl get pods --field-selector=spec.nonsense=1
Error from server (BadRequest): Unable to find "/v1, Resource=pods" that match label selector "", field selector "spec.nonsense=1": field label not supported: spec.nonsense
[1]
$ kubectl get pods --sort-by=.metadata.name --no-headers
box  2/2  Running  0  AGE
web-0  1/1  Running  0  AGE
web-1  1/1  Running  0  AGE
$ kubectl get pods --sort-by='{.metadata.labels.app}' -o name
pod/box
pod/web-0
pod/web-1
$ kubectl get pods --show-kind
NAME  READY  STATUS  RESTARTS  AGE
pod/box  2/2  Running  0  AGE
pod/web-0  1/1  Running  0  AGE
pod/web-1  1/1  Running  0  AGE
$ kubectl get pod/box sts/web
NAME  READY  STATUS  RESTARTS  AGE
pod/box  2/2  Running  0  AGE

NAME  READY  AGE
statefulset.apps/web  2/2  AGE
$ kubectl get pods box web-0 nothing
NAME  READY  STATUS  RESTARTS  AGE
box  2/2  Running  0  AGE
web-0  1/1  Running  0  AGE
Error from server (NotFound): pods "nothing" not found
[1]
$ kubectl get pods -A -l app=box | grep -E "NAME|$NS "
NAMESPACE  NAME  READY  STATUS  RESTARTS  AGE
lab  box  2/2  Running  0  AGE
$ kubectl get -f web.yaml
NAME  TYPE  CLUSTER-IP  EXTERNAL-IP  PORT(S)  AGE
service/nginx  ClusterIP  None  <none>  80/TCP  AGE

NAME  READY  AGE
statefulset.apps/web  2/2  AGE
$ kubectl get pods --chunk-size=1 -o name
pod/box
pod/web-0
pod/web-1
$ kubectl get controllerrevisions
NAME  CONTROLLER  REVISION  AGE
web-HASH  statefulset.apps/web  1  AGE
$ kubectl get sts,cm --ignore-not-found -l nothing=1
$ kubectl get nothing
error: the server doesn't have a resource type "nothing"
[1]
$ kubectl get pods.apps
error: the server doesn't have a resource type "pods"
[1]
$ kubectl get po,sts.v1.apps,services.v1. -o name
pod/box
pod/web-0
pod/web-1
statefulset.apps/web
service/nginx
$ kubectl get pods/box/x
error: arguments in resource/name form may not have more than one slash
[1]
$ kubectl get pods -l '=bad='
Error from server (BadRequest): Unable to find "/v1, Resource=pods" that match label selector "=bad=", field selector "": found '=', expected: !, identifier, or 'end of string'
[1]
$ kubectl get statefulsets --subresource=scale web
NAME  DESIRED  AVAILABLE  AGE
web  2  2  AGE
$ kubectl get statefulset web --subresource=status -o name
statefulset.apps/web

== Watching
$ exec 3< <(kubectl get configmaps -w --no-headers --field-selector=metadata.name=seen --output-watch-events)
> kubectl create configmap seen; read -r line <&3; echo "$line"
> kubectl label configmap seen a=b; read -r line <&3; echo "$line"
> kubectl delete configmap seen; read -r line <&3; echo "$line"; kill $!
configmap/seen created
ADDED  seen  0  AGE
configmap/seen labeled
MODIFIED  seen  0  AGE
configmap "seen" deleted from lab namespace
DELETED  seen  0  AGE
--- 1.32
configmap/seen created
ADDED  seen  0  AGE
configmap/seen labeled
MODIFIED  seen  0  AGE
configmap "seen" deleted
DELETED  seen  0  AGE
$ kubectl get pods -l app=nginx --watch-only --request-timeout=1s
$ kubectl get pod box -w -o name --request-timeout=1s
pod/box
`,
  { files: { 'web.yaml': web, 'box.yaml': box } },
);
