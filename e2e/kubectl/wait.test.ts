import { web, box } from './manifests';
import { session } from './session';

session(
  'kubectl wait and rollout',
  __filename,
  String.raw`
== Wait
$ kubectl create -f web.yaml -f box.yaml
service/nginx created
statefulset.apps/web created
pod/box created
$ kubectl wait --for=condition=Ready pod/box
pod/box condition met
$ kubectl wait --for=condition=Ready=false pod/box --timeout=1s
error: timed out waiting for the condition on pods/box
[1]
$ kubectl wait --for=jsonpath='{.status.phase}'=Running pod/box
pod/box condition met
$ kubectl wait --for=jsonpath='{.status.podIP}' pod/box
pod/box condition met
$ kubectl wait --for=jsonpath='{.status.nothing}'=x pod/box --timeout=1s
error: timed out waiting for the condition on pods/box
[1]
$ kubectl wait --for=condition=Ready pod/nothing --timeout=1s
Error from server (NotFound): pods "nothing" not found
[1]
$ kubectl wait --for=delete pod/nothing
$ kubectl wait --for=create pod/web-1 --timeout=30s
pod/web-1 condition met
$ kubectl wait --for=condition=Ready pod -l app=nginx
pod/web-0 condition met
pod/web-1 condition met
$ kubectl wait --for=condition=Ready pod -l app=nobody
error: no matching resources found
[1]
$ kubectl wait --for=nonsense pod/box
error: unrecognized condition: "nonsense"
[1]
$ kubectl wait --for=jsonpath='{.status.readyReplicas}'=2 sts/web
statefulset.apps/web condition met
$ kubectl delete pod box --wait=false; kubectl wait --for=delete pod/box
pod "box" deleted from lab namespace
pod/box condition met
--- 1.32
pod "box" deleted
pod/box condition met

== Rollout
$ kubectl rollout status statefulset/web
partitioned roll out complete: 2 new pods have been updated...
$ kubectl rollout history statefulset/web
statefulset.apps/web
REVISION  CHANGE-CAUSE
1  <none>
$ kubectl rollout history statefulset/web --revision=1
statefulset.apps/web with revision #1
Pod Template:
  Labels:	app=nginx
  Containers:
   nginx:
    Image:	registry.k8s.io/nginx-slim:0.8
    Port:	80/TCP (web)
    Host Port:	0/TCP (web)
    Environment:	<none>
    Mounts:	<none>
  Volumes:	<none>
  Node-Selectors:	<none>
  Tolerations:	<none>
--- 1.32
statefulset.apps/web with revision #1
Pod Template:
  Labels:	app=nginx
  Containers:
   nginx:
    Image:	registry.k8s.io/nginx-slim:0.8
    Port:	80/TCP
    Host Port:	0/TCP
    Environment:	<none>
    Mounts:	<none>
  Volumes:	<none>
  Node-Selectors:	<none>
  Tolerations:	<none>
$ kubectl annotate statefulset web kubernetes.io/change-cause='first one'
statefulset.apps/web annotated
$ kubectl set image statefulset/web nginx=registry.k8s.io/nginx-slim:0.21
statefulset.apps/web image updated
$ kubectl rollout status statefulset/web | tail -1
partitioned roll out complete: 2 new pods have been updated...
$ kubectl annotate statefulset web kubernetes.io/change-cause='newer image' --overwrite
statefulset.apps/web annotated
$ kubectl rollout history statefulset/web
statefulset.apps/web
REVISION  CHANGE-CAUSE
1  <none>
2  first one
$ kubectl rollout history statefulset/web --revision=2
statefulset.apps/web with revision #2
Pod Template:
  Labels:	app=nginx
  Containers:
   nginx:
    Image:	registry.k8s.io/nginx-slim:0.21
    Port:	80/TCP (web)
    Host Port:	0/TCP (web)
    Environment:	<none>
    Mounts:	<none>
  Volumes:	<none>
  Node-Selectors:	<none>
  Tolerations:	<none>
--- 1.32
statefulset.apps/web with revision #2
Pod Template:
  Labels:	app=nginx
  Containers:
   nginx:
    Image:	registry.k8s.io/nginx-slim:0.21
    Port:	80/TCP
    Host Port:	0/TCP
    Environment:	<none>
    Mounts:	<none>
  Volumes:	<none>
  Node-Selectors:	<none>
  Tolerations:	<none>
$ kubectl rollout history statefulset/web --revision=7
error: unable to find the specified revision
[1]
$ kubectl get pods -o jsonpath='{.items[*].spec.containers[*].image}'
registry.k8s.io/nginx-slim:0.21 registry.k8s.io/nginx-slim:0.21 (no-eol)
$ kubectl rollout undo statefulset/web
statefulset.apps/web rolled back
$ kubectl rollout status statefulset/web | tail -1
partitioned roll out complete: 2 new pods have been updated...
$ kubectl get pods -o jsonpath='{.items[*].spec.containers[*].image}'
registry.k8s.io/nginx-slim:0.8 registry.k8s.io/nginx-slim:0.8 (no-eol)
$ kubectl rollout history statefulset/web
statefulset.apps/web
REVISION  CHANGE-CAUSE
2  first one
3  <none>
$ kubectl rollout undo statefulset/web --to-revision=2
statefulset.apps/web rolled back
$ kubectl rollout status statefulset/web | tail -1
partitioned roll out complete: 2 new pods have been updated...
$ kubectl rollout undo statefulset/web --to-revision=9
error: unable to find specified revision 9 in history
[1]
$ kubectl rollout restart statefulset/web
statefulset.apps/web restarted
$ kubectl rollout status statefulset/web | tail -1
partitioned roll out complete: 2 new pods have been updated...
$ kubectl get statefulset web -o jsonpath='{.spec.template.metadata.annotations}' | sed -E 's/:"[^"]*"/:"TIME"/'
{"kubectl.kubernetes.io/restartedAt":"TIME"} (no-eol)
$ kubectl rollout undo statefulset/web --dry-run=server
statefulset.apps/web rolled back (server dry run)
$ kubectl rollout pause statefulset/web
error: statefulsets.apps "web" pausing is not supported
[1]
$ kubectl rollout status statefulset/nothing
Error from server (NotFound): statefulsets.apps "nothing" not found
[1]
$ kubectl rollout status service/nginx
error: no status viewer has been implemented for Service
[1]
$ kubectl set image statefulset/web nginx=registry.k8s.io/nothing:0
statefulset.apps/web image updated
$ kubectl rollout status statefulset/web --timeout=2s 2>&1 | tail -1
error: timed out waiting for the condition
$ kubectl patch statefulset web -p '{"spec":{"updateStrategy":{"type":"OnDelete","rollingUpdate":null}}}'
statefulset.apps/web patched
$ kubectl rollout status statefulset/web
error: rollout status is only available for RollingUpdate strategy type
[1]
$ kubectl patch statefulset web -p '{"spec":{"updateStrategy":{"type":"RollingUpdate","rollingUpdate":{"partition":1}}}}'
statefulset.apps/web patched
$ kubectl get statefulset web -o jsonpath='{.spec.updateStrategy}'
{"rollingUpdate":{"partition":1},"type":"RollingUpdate"} (no-eol)
$ kubectl get controllerrevisions --no-headers | sed -E 's/web-[a-z0-9]+/web-HASH/' | awk '{print $1,$2,$3}' | sort
web-HASH statefulset.apps/web 3
web-HASH statefulset.apps/web 4
web-HASH statefulset.apps/web 5
web-HASH statefulset.apps/web 6
`,
  { files: { 'web.yaml': web, 'box.yaml': box } },
);
