import { web } from './manifests';
import { session } from './session';

session(
  'kubectl patch',
  __filename,
  String.raw`
== Set-up
$ kubectl create -f web.yaml
service/nginx created
statefulset.apps/web created
$ kubectl rollout status statefulset/web > /dev/null
$ kubectl create configmap plain --from-literal=a=1 --from-literal=b=2
configmap/plain created

== JSON patch
$ kubectl patch configmap plain --type=json -p '[{"op":"replace","path":"/data/a","value":"9"},{"op":"add","path":"/data/c","value":"3"}]'
configmap/plain patched
$ kubectl get configmap plain -o jsonpath='{.data}'
{"a":"9","b":"2","c":"3"} (no-eol)
$ kubectl patch configmap plain --type=json -p '[{"op":"test","path":"/data/a","value":"1"}]'
The request is invalid: the server rejected our request due to an error in our request
[1]
$ kubectl patch configmap plain --type=json -p '[{"op":"remove","path":"/data/nothing"}]'
The request is invalid: the server rejected our request due to an error in our request
[1]
$ kubectl patch configmap plain --type=json -p '[{"op":"jump","path":"/data/a"}]'
The request is invalid: the server rejected our request due to an error in our request
[1]
$ kubectl patch configmap plain --type=json -p '{"data":{}}'
Error from server (BadRequest): error decoding patch: json: cannot unmarshal object into Go value of type []handlers.jsonPatchOp
[1]
$ kubectl patch configmap plain --type=json -p '[{"op":"add","path":"/data/d","value":4}]' 2>&1 | grep -o 'json: .*'
json: cannot unmarshal number into Go struct field ConfigMap.data of type string

== Merge patch
$ kubectl patch configmap plain --type=merge -p '{"data":{"a":null,"b":"20"}}'
configmap/plain patched
$ kubectl get configmap plain -o jsonpath='{.data}'
{"b":"20","c":"3"} (no-eol)
$ kubectl patch configmap plain --type=merge -p '{"data":{"b":"20"}}'
configmap/plain patched (no change)
$ kubectl patch configmap plain --type=merge -p 'data: {e: "5"}'
configmap/plain patched
$ kubectl patch configmap plain --type=merge -p '{"metadata":{"resourceVersion":"1"},"data":{"b":"21"}}'
Error from server (Conflict): Operation cannot be fulfilled on configmaps "plain": the object has been modified; please apply your changes to the latest version and try again
[1]
$ kubectl patch configmap plain --type=merge -p '{"metadata":{"name":"other"}}'
Error from server (BadRequest): the name of the object (other) does not match the name on the URL (plain)
[1]
$ kubectl patch configmap nothing --type=merge -p '{}'
Error from server (NotFound): configmaps "nothing" not found
[1]
$ kubectl patch statefulset web --type=merge -p '{"spec":{"serviceName":"other"}}'
The StatefulSet "web" is invalid: spec: Forbidden: updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden
[1]
$ kubectl patch statefulset web --type=merge -p '{"spec":{"replicas":-1}}'
The StatefulSet "web" is invalid: spec.replicas: Invalid value: -1: must be greater than or equal to 0
[1]
$ kubectl patch statefulset web --type=merge -p '{"spec":{"nonsense":-1}}'
Warning: unknown field "spec.nonsense"
statefulset.apps/web patched (no change)

== Strategic merge patch
$ kubectl patch statefulset web -p '{"spec":{"replicas":3}}'
statefulset.apps/web patched
$ kubectl patch statefulset web -p '{"spec":{"template":{"spec":{"containers":[{"name":"side","image":"busybox:1.28","command":["sleep","3600"]}]}}}}' --dry-run=server -o jsonpath='{.spec.template.spec.containers[*].name}'
side nginx (no-eol)
$ kubectl patch statefulset web -p '{"spec":{"template":{"spec":{"containers":[{"$patch":"replace"},{"name":"only","image":"busybox:1.28"}]}}}}' --dry-run=server -o jsonpath='{.spec.template.spec.containers[*].name}'
only (no-eol)
$ kubectl patch service nginx -p '{"spec":{"ports":[{"port":80,"name":"http"}]}}'
service/nginx patched
$ kubectl get service nginx -o jsonpath='{.spec.ports}'
[{"name":"http","port":80,"protocol":"TCP","targetPort":80}] (no-eol)
$ kubectl patch statefulset web --subresource=scale --type=merge -p '{"spec":{"replicas":2}}'
scale.autoscaling/web patched
$ kubectl patch statefulset web --subresource=status --type=merge -p '{"status":{"replicas":7}}' -o jsonpath='{.status.replicas}'
7 (no-eol)
$ kubectl patch pod web-0 -p '{"spec":{"nodeName":"other"}}' 2>&1 | head -1
The Pod "web-0" is invalid: spec: Forbidden: pod updates may not change fields other than 'spec.containers[*].image','spec.initContainers[*].image','spec.activeDeadlineSeconds','spec.tolerations' (only additions to existing tolerations),'spec.terminationGracePeriodSeconds' (allow it to be set to 1 if it was previously negative)
$ kubectl patch -f web.yaml -p '{"metadata":{"labels":{"patched":"yes"}}}'
service/nginx patched
statefulset.apps/web patched

== Labels and annotations
$ kubectl wait --for=jsonpath='{.status.replicas}'=2 statefulset/web > /dev/null; kubectl wait --for=delete pod/web-2 > /dev/null 2>&1
$ kubectl label pod web-0 color=red
pod/web-0 labeled
$ kubectl label pod web-0 color=blue
error: 'color' already has a value (red), and --overwrite is false
[1]
$ kubectl label pod web-0 color=blue --overwrite
pod/web-0 labeled
$ kubectl label pod web-0 color=blue --overwrite
pod/web-0 not labeled
$ kubectl label pod web-0 color-
pod/web-0 unlabeled
$ kubectl label pod web-0 color-
label "color" not found.
pod/web-0 not labeled
$ kubectl label pods -l app=nginx seen=yes
pod/web-0 labeled
pod/web-1 labeled
--- 1.32
pod/web-0 labeled
pod/web-1 labeled
$ kubectl label pods --all seen-
pod/web-0 unlabeled
pod/web-1 unlabeled
--- 1.32
pod/web-0 unlabeled
pod/web-1 unlabeled
$ kubectl label pod web-0 'bad key=1'
The Pod "web-0" is invalid: metadata.labels: Invalid value: "bad key": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')
[1]
$ kubectl label pod web-0 key='bad value'
error: invalid label value: "key=bad value": a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')
[1]
$ kubectl label pod nothing a=b
Error from server (NotFound): pods "nothing" not found
[1]
$ kubectl label pod web-0 --list | sort
app=nginx
apps.kubernetes.io/pod-index=0
controller-revision-hash=web-HASH
statefulset.kubernetes.io/pod-name=web-0
$ kubectl label pod web-0 a=b --dry-run=server
pod/web-0 labeled (server dry run)
$ kubectl label pod web-0 a=b --dry-run=client -o name
pod/web-0
$ kubectl annotate pod web-0 note='some words, with commas'
pod/web-0 annotated
$ kubectl annotate pod web-0 note=other
error: --overwrite is false but found the following declared annotation(s): 'note' already has a value (some words, with commas)
[1]
$ kubectl annotate pod web-0 note=other --overwrite
pod/web-0 annotated
$ kubectl get pod web-0 -o jsonpath='{.metadata.annotations.note}'
other (no-eol)
$ kubectl annotate pod web-0 note-
pod/web-0 annotated
$ kubectl annotate pod web-0 a=b --resource-version=1
Error from server (Conflict): Operation cannot be fulfilled on pods "web-0": the object has been modified; please apply your changes to the latest version and try again
[1]

== Scale
$ kubectl scale statefulset web --replicas=3
statefulset.apps/web scaled
$ kubectl scale --current-replicas=1 --replicas=2 statefulset/web
error: Expected replicas to be 1, was 3
[1]
$ kubectl scale --current-replicas=3 --replicas=1 statefulset/web
statefulset.apps/web scaled
$ kubectl scale statefulset nothing --replicas=1
Error from server (NotFound): statefulsets.apps "nothing" not found
[1]
--- 1.32
error: no objects passed to scale statefulsets.apps "nothing" not found
[1]
$ kubectl scale service nginx --replicas=1
Error from server (NotFound): the server could not find the requested resource
[1]
$ kubectl scale statefulset web --replicas=-1
error: The --replicas=COUNT flag is required, and COUNT must be greater than or equal to 0
[1]
$ kubectl scale -f web.yaml --replicas=0
Error from server (NotFound): the server could not find the requested resource
[1]
$ kubectl wait --for=jsonpath='{.status.replicas}'=1 statefulset/web > /dev/null; kubectl wait --for=delete pod/web-1 > /dev/null 2>&1
$ kubectl get statefulset web
NAME  READY  AGE
web  1/1  AGE
$ kubectl scale statefulset web --replicas=1 --timeout=20s
statefulset.apps/web scaled
$ kubectl get statefulset web --subresource=scale -o yaml
apiVersion: autoscaling/v1
kind: Scale
metadata:
  creationTimestamp: "TIME"
  name: web
  namespace: lab
  resourceVersion: NAMED
  uid: NAMED
spec:
  replicas: 1
status:
  replicas: 1
  selector: app=nginx

== Edit, replace and set
$ EDITOR='sed -i s/replicas:.1/replicas:\ 2/' kubectl edit statefulset web
statefulset.apps/web edited
$ EDITOR='sed -i s/serviceName:.nginx/serviceName:\ other/' kubectl edit statefulset web 2>&1 | sed -E 's/kubectl-edit-[0-9]+/kubectl-edit-N/'
error: statefulsets.apps "web" is invalid
A copy of your changes has been stored to "/tmp/kubectl-edit-N.yaml"
error: Edit cancelled, no valid changes were saved.
$ EDITOR=true kubectl edit statefulset web
Edit cancelled, no changes made.
$ EDITOR='sed -i s/b:.*/b:\ "77"/' kubectl edit configmap plain -o json
Edit cancelled, no changes made.
$ EDITOR='sed -i s/b:.*/b:\ "78"/' kubectl edit configmap plain --save-config
error: configmaps "plain" is invalid
A copy of your changes has been stored to "/tmp/kubectl-edit-N.yaml"
error: Edit cancelled, no valid changes were saved.
[1]
$ kubectl edit configmap nothing
Error from server (NotFound): configmaps "nothing" not found
[1]
$ kubectl get configmap plain -o yaml | sed 's/78/79/' | kubectl replace -f -
configmap/plain replaced
$ kubectl create configmap other --from-literal=a=1 --dry-run=client -o yaml | kubectl replace -f -
Error from server (NotFound): error when replacing "STDIN": configmaps "other" not found
[1]
$ kubectl create configmap plain --from-literal=z=1 --dry-run=client -o yaml | kubectl replace --force -f -
configmap "plain" deleted from lab namespace
configmap/plain replaced
--- 1.32
configmap "plain" deleted
configmap/plain replaced
$ kubectl get configmap plain -o jsonpath='{.data}'
{"z":"1"} (no-eol)
$ kubectl get configmap plain -o json | sed -E 's/("resourceVersion": )"[0-9]+"/\1"1"/' | kubectl replace -f -
Error from server (Conflict): error when replacing "STDIN": Operation cannot be fulfilled on configmaps "plain": the object has been modified; please apply your changes to the latest version and try again
[1]
$ sed 's/replicas: 2/replicas: 1/' web.yaml | kubectl replace -f -
service/nginx replaced
statefulset.apps/web replaced
$ kubectl set image statefulset/web nginx=registry.k8s.io/nginx-slim:0.21
statefulset.apps/web image updated
$ kubectl set image statefulset/web nginx=registry.k8s.io/nginx-slim:0.21
$ kubectl set image statefulset/web nothing=nginx
error: unable to find container named "nothing"
[1]
$ kubectl set image statefulset/web '*=registry.k8s.io/nginx-slim:0.24' --dry-run=server
statefulset.apps/web image updated (server dry run)
$ kubectl set env statefulset/web COLOR=blue SIZE=3
statefulset.apps/web env updated
$ kubectl set env statefulset/web --list
# StatefulSet web, container nginx
COLOR=blue
SIZE=3
$ kubectl set env statefulset/web SIZE-
statefulset.apps/web env updated
$ kubectl set env statefulset/web --from=configmap/plain
Warning: key z transferred to Z
statefulset.apps/web env updated
$ kubectl get statefulset web -o jsonpath='{.spec.template.spec.containers[0].env}'
[{"name":"COLOR","value":"blue"},{"name":"Z","valueFrom":{"configMapKeyRef":{"key":"z","name":"plain"}}}] (no-eol)
$ kubectl set resources statefulset web --limits=cpu=200m,memory=64Mi --requests=cpu=100m
statefulset.apps/web resource requirements updated
$ kubectl set resources statefulset web --limits=cpu=50m
error: failed to patch resources update to pod template StatefulSet.apps "web" is invalid: spec.template.spec.containers[0].resources.requests: Invalid value: "100m": must be less than or equal to cpu limit of 50m
[1]
$ kubectl get statefulset web -o jsonpath='{.spec.template.spec.containers[0].resources}'
{"limits":{"cpu":"200m","memory":"64Mi"},"requests":{"cpu":"100m"}} (no-eol)
$ kubectl create serviceaccount robot
serviceaccount/robot created
$ kubectl set serviceaccount statefulset web robot
statefulset.apps/web serviceaccount updated
$ kubectl set selector service nginx app=other
service/nginx selector updated
$ kubectl get service nginx -o jsonpath='{.spec.selector}'
{"app":"other"} (no-eol)
$ kubectl create role r --verb=get --resource=pods
role.rbac.authorization.k8s.io/r created
$ kubectl create rolebinding rb --role=r --user=ann
rolebinding.rbac.authorization.k8s.io/rb created
$ kubectl set subject rolebinding rb --user=bob --serviceaccount=$NS:robot
rolebinding.rbac.authorization.k8s.io/rb subjects updated
$ kubectl get rolebinding rb -o jsonpath='{.subjects[*].name}'
ann bob robot (no-eol)

== Expose
$ kubectl expose pod web-0 --port=80 --name=one
service/one exposed
$ kubectl expose service nginx --port=8080 --target-port=80 --name=two
service/two exposed
$ kubectl expose statefulset web --port=80
error: cannot expose a StatefulSet.apps
[1]
$ kubectl get service one -o jsonpath='{.spec.selector.statefulset\.kubernetes\.io/pod-name} {.spec.ports}'
web-0 [{"port":80,"protocol":"TCP","targetPort":80}] (no-eol)
$ kubectl expose pod web-0 --port=80 --name=one
Error from server (AlreadyExists): services "one" already exists
[1]
$ kubectl expose pod web-0 --port=80 --type=NodePort --name=three --dry-run=server
service/three exposed (server dry run)
`,
  { files: { 'web.yaml': web } },
);
