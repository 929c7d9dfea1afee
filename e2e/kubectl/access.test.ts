import { box } from './manifests';
import { session } from './session';

session(
  'kubectl auth',
  __filename,
  String.raw`
== Who
$ kubectl auth whoami --as=ann --as-group=class
ATTRIBUTE  VALUE
Username  ann
Groups  [class system:authenticated]
$ kubectl auth whoami --as=ann -o yaml | sed -E '/creationTimestamp/d;s/metadata: \{\}/metadata:/'
apiVersion: authentication.k8s.io/v1
kind: SelfSubjectReview
metadata:
status:
  userInfo:
    groups:
    - system:authenticated
    username: ann
$ kubectl auth whoami --as=system:serviceaccount:$NS:default
ATTRIBUTE  VALUE
Username  system:serviceaccount:lab:default
Groups  [system:serviceaccounts system:serviceaccounts:lab system:authenticated]
$ kubectl auth can-i get pods
yes
$ kubectl auth can-i get pods --as=ann
no
[1]
$ kubectl auth can-i '*' '*' --all-namespaces
yes
$ kubectl auth can-i get nothings
Warning: the server doesn't have a resource type 'nothings'

yes
$ kubectl auth can-i list nodes --as=ann
Warning: resource 'nodes' is not namespace scoped

no
[1]
$ kubectl auth can-i get /healthz --as=ann
yes
$ kubectl auth can-i get /metrics --as=ann
no
[1]
$ kubectl auth can-i create pods/exec --as=ann -q
[1]

== With a role
$ kubectl create role reader --verb=get,list,watch --resource=pods,pods/log
role.rbac.authorization.k8s.io/reader created
$ kubectl create rolebinding readers --role=reader --user=ann --serviceaccount=$NS:default
rolebinding.rbac.authorization.k8s.io/readers created
$ kubectl auth can-i get pods --as=ann
yes
$ kubectl auth can-i get pods --as=ann -n default
no
[1]
$ kubectl auth can-i delete pods --as=ann
no
[1]
$ kubectl auth can-i get pods/log --as=ann
yes
$ kubectl auth can-i get pods --subresource=exec --as=ann
no
[1]
$ kubectl auth can-i list pods --as=system:serviceaccount:$NS:default
yes
$ kubectl auth can-i --list --as=ann | sed -E '1!d'
Resources  Non-Resource URLs  Resource Names  Verbs
$ kubectl auth can-i --list --as=ann | grep -E '^(pods|selfsubject)' | sort
pods  []  []  [get list watch]
pods/log  []  []  [get list watch]
selfsubjectaccessreviews.authorization.k8s.io  []  []  [create]
selfsubjectreviews.authentication.k8s.io  []  []  [create]
selfsubjectrulesreviews.authorization.k8s.io  []  []  [create]
$ kubectl get pods --as=ann
No resources found in lab namespace.
$ kubectl get services --as=ann
Error from server (Forbidden): services is forbidden: User "ann" cannot list resource "services" in API group "" in the namespace "lab"
[1]
$ kubectl get nodes --as=ann
Error from server (Forbidden): nodes is forbidden: User "ann" cannot list resource "nodes" in API group "" at the cluster scope
[1]
$ kubectl get pods -A --as=ann
Error from server (Forbidden): pods is forbidden: User "ann" cannot list resource "pods" in API group "" at the cluster scope
[1]
$ kubectl get pods -n default --as=ann
Error from server (Forbidden): pods is forbidden: User "ann" cannot list resource "pods" in API group "" in the namespace "default"
[1]
$ kubectl run x --image=busybox:1.28 --as=ann
Error from server (Forbidden): pods is forbidden: User "ann" cannot create resource "pods" in API group "" in the namespace "lab"
[1]
$ kubectl delete pod x --as=ann
Error from server (Forbidden): pods "x" is forbidden: User "ann" cannot delete resource "pods" in API group "" in the namespace "lab"
[1]
$ kubectl create configmap x --as=ann
error: failed to create configmap: configmaps is forbidden: User "ann" cannot create resource "configmaps" in API group "" in the namespace "lab"
[1]
$ kubectl apply -f box.yaml --as=ann
Error from server (Forbidden): error when creating "box.yaml": pods is forbidden: User "ann" cannot create resource "pods" in API group "" in the namespace "lab"
[1]
$ kubectl exec x --as=ann -- true
Error from server (NotFound): pods "x" not found
[1]
$ kubectl scale statefulset web --replicas=1 --as=ann
Error from server (Forbidden): statefulsets.apps "web" is forbidden: User "ann" cannot get resource "statefulsets" in API group "apps" in the namespace "lab"
[1]
--- 1.32
error: no objects passed to scale statefulsets.apps "web" is forbidden: User "ann" cannot get resource "statefulsets" in API group "apps" in the namespace "lab"
[1]
$ kubectl get pods --as=ann --as-group=system:masters
No resources found in lab namespace.
$ kubectl create role more --verb=get --resource=secrets --as=ann
Error from server (Forbidden): roles.rbac.authorization.k8s.io is forbidden: User "ann" cannot create resource "roles" in API group "rbac.authorization.k8s.io" in the namespace "lab"
[1]
$ kubectl create rolebinding admins --clusterrole=admin --user=bob
rolebinding.rbac.authorization.k8s.io/admins created
$ kubectl auth can-i create statefulsets --as=bob
yes
$ kubectl auth can-i get secrets --as=bob
yes
$ kubectl auth can-i create namespaces --as=bob
Warning: resource 'namespaces' is not namespace scoped

no
[1]
$ kubectl create role wide --verb=get --resource=nodes --as=bob
Error from server (Forbidden): roles.rbac.authorization.k8s.io "wide" is forbidden: user "bob" (groups=["system:authenticated"]) is attempting to grant RBAC permissions not currently held:
{APIGroups:[""], Resources:["nodes"], Verbs:["get"]}
[1]
$ kubectl create rolebinding viewers --clusterrole=view --user=eve
rolebinding.rbac.authorization.k8s.io/viewers created
$ kubectl auth can-i get pods --as=eve
yes
$ kubectl auth can-i get secrets --as=eve
no
[1]
$ kubectl auth can-i create pods --as=eve
no
[1]
$ kubectl create rolebinding lost --clusterrole=nothing --user=eve
rolebinding.rbac.authorization.k8s.io/lost created
$ kubectl create rolebinding self --clusterrole=admin --user=eve --as=eve
error: failed to create rolebinding: rolebindings.rbac.authorization.k8s.io is forbidden: User "eve" cannot create resource "rolebindings" in API group "rbac.authorization.k8s.io" in the namespace "lab": RBAC: clusterrole.rbac.authorization.k8s.io "nothing" not found
[1]
$ printf 'apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: made}\nrules:\n- {apiGroups: [""], resources: [pods], verbs: [get]}\n' | kubectl auth reconcile -f -
error: resource name may not be empty
[1]

== With a token
$ kubectl create serviceaccount robot
serviceaccount/robot created
$ TOKEN=$(kubectl create token robot); kubectl config set-credentials robot --token=$TOKEN > /dev/null; kubectl --user=robot auth whoami | grep -E 'Username|Groups'
Username  system:serviceaccount:lab:robot
Groups  [system:serviceaccounts system:serviceaccounts:lab system:authenticated]
$ kubectl --user=robot get pods
Error from server (Forbidden): pods is forbidden: User "system:serviceaccount:lab:robot" cannot list resource "pods" in API group "" in the namespace "lab"
[1]
$ kubectl config set-credentials wrong --token=nonsense > /dev/null; kubectl --user=wrong get pods
error: You must be logged in to the server (Unauthorized)
[1]
`,
  { files: { 'box.yaml': box } },
);
