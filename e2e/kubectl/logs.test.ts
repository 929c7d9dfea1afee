import { box } from './manifests';
import { session } from './session';

session(
  'kubectl logs, run and attach',
  __filename,
  String.raw`
== Logs
$ kubectl create -f box.yaml; kubectl wait --for=condition=Ready pod/box
pod/box created
pod/box condition met
$ kubectl logs box | sort
Defaulted container "main" out of: main, side
first line
second line
$ kubectl logs box -c side
$ kubectl logs box -c nothing
error: container nothing is not valid for pod box out of: main, side
[1]
--- 1.32
error: container nothing is not valid for pod box
[1]
$ kubectl logs nothing
error: error from server (NotFound): pods "nothing" not found in namespace "lab"
[1]
$ kubectl logs box --previous
Defaulted container "main" out of: main, side
Error from server (BadRequest): previous terminated container "main" in pod "box" not found
[1]
$ kubectl logs box --timestamps | sort -k2
Defaulted container "main" out of: main, side
TIME first line
TIME second line
$ kubectl logs -l app=box --all-containers --prefix | sort
[pod/box/main] first line
[pod/box/main] second line
$ kubectl logs -l app=nobody
No resources found in lab namespace.
$ kubectl run counter --image=busybox:1.28 --restart=Never -- sh -c 'for i in 1 2 3 4 5; do echo line $i; done; printf unfinished'
pod/counter created
$ kubectl wait --for=jsonpath='{.status.phase}'=Succeeded pod/counter
pod/counter condition met
$ kubectl logs counter
line 1
line 2
line 3
line 4
line 5
unfinished (no-eol)
$ kubectl logs counter --tail=2
line 5
unfinished (no-eol)
$ kubectl logs counter --tail=0
$ kubectl logs counter --limit-bytes=9
line 1
li (no-eol)
$ kubectl logs counter --since=1h --tail=1
unfinished (no-eol)
$ kubectl logs counter --since-time=2020-01-01T00:00:00Z --tail=1
unfinished (no-eol)
$ kubectl logs counter --since-time=2099-01-01T00:00:00Z
$ kubectl logs counter --since=1s --since-time=2020-01-01T00:00:00Z
error: at most one of 'sinceTime' or 'sinceSeconds' may be specified
[1]
$ kubectl logs -f counter
line 1
line 2
line 3
line 4
line 5
unfinished (no-eol)
$ kubectl run slow --image=busybox:1.28 --restart=Never -- sh -c 'echo begin; read line; echo never' > /dev/null
$ kubectl run talker --image=busybox:1.28 --restart=Never -- sh -c 'echo begin; until [ -e /tmp/go ]; do sleep 0.1; done; echo end'
pod/talker created
$ kubectl wait --for=condition=Ready pod/talker
pod/talker condition met
$ exec 3< <(kubectl logs -f talker); read -r line <&3; echo $line; kubectl exec talker -- touch /tmp/go; cat <&3
begin
end
$ kubectl run broken --image=busybox:1.28 -- sh -c 'echo life; exit 2'
pod/broken created
$ kubectl wait --for=jsonpath='{.status.containerStatuses[0].restartCount}'=1 pod/broken --timeout=60s
pod/broken condition met
$ kubectl logs broken --previous
life
$ kubectl get pod broken -o jsonpath='{.status.containerStatuses[0].lastState.terminated.exitCode} {.status.containerStatuses[0].lastState.terminated.reason}'
2 Error (no-eol)
$ kubectl run unknown --image=registry.k8s.io/nothing:0 --restart=Never
pod/unknown created
$ kubectl delete pod broken unknown slow talker counter --now
pod "broken" deleted from lab namespace
pod "unknown" deleted from lab namespace
pod "slow" deleted from lab namespace
pod "talker" deleted from lab namespace
pod "counter" deleted from lab namespace
--- 1.32
pod "broken" deleted
pod "unknown" deleted
pod "slow" deleted
pod "talker" deleted
pod "counter" deleted

== Run
$ kubectl run plain --image=registry.k8s.io/nginx-slim:0.8 --port=80 --labels=a=b --env=X=1
pod/plain created
$ kubectl get pod plain -o jsonpath='{.metadata.labels} {.spec.containers[0].env} {.spec.containers[0].ports} {.spec.restartPolicy}'
{"a":"b"} [{"name":"X","value":"1"}] [{"containerPort":80,"protocol":"TCP"}] Always (no-eol)
$ kubectl run plain --image=registry.k8s.io/nginx-slim:0.8
Error from server (AlreadyExists): pods "plain" already exists
[1]
$ kubectl run plain2 --image=busybox:1.28 --dry-run=client -o yaml -- sleep 1
apiVersion: v1
kind: Pod
metadata:
  labels:
    run: plain2
  name: plain2
spec:
  containers:
  - args:
    - sleep
    - "1"
    image: busybox:1.28
    name: plain2
    resources: {}
  dnsPolicy: ClusterFirst
  restartPolicy: Always
status: {}
--- 1.32
apiVersion: v1
kind: Pod
metadata:
  creationTimestamp: null
  labels:
    run: plain2
  name: plain2
spec:
  containers:
  - args:
    - sleep
    - "1"
    image: busybox:1.28
    name: plain2
    resources: {}
  dnsPolicy: ClusterFirst
  restartPolicy: Always
status: {}
$ kubectl run plain2 --image=busybox:1.28 --dry-run=server
pod/plain2 created (server dry run)
$ kubectl run Bad_Name --image=busybox:1.28
The Pod "Bad_Name" is invalid:
* metadata.name: Invalid value: "Bad_Name": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')
* spec.containers[0].name: Invalid value: "Bad_Name": a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')
[1]
$ kubectl run x --image='a b'
error: Invalid image name "a b": invalid reference format
[1]
$ kubectl run x
error: required flag(s) "image" not set
[1]
$ kubectl run exposed --image=registry.k8s.io/nginx-slim:0.8 --port=80 --expose
service/exposed created
pod/exposed created
$ kubectl get service exposed -o jsonpath='{.spec.selector} {.spec.ports}'
{"run":"exposed"} [{"port":80,"protocol":"TCP","targetPort":80}] (no-eol)
$ echo go | kubectl run one --rm -i --image=busybox:1.28 --restart=Never -- sh -c 'read line; echo hello'
All commands and output from this session will be recorded in container logs, including credentials and sensitive information passed through the command prompt.
If you don't see a command prompt, try pressing enter.
hello
pod "one" deleted from lab namespace
--- 1.32
If you don't see a command prompt, try pressing enter.
hello
pod "one" deleted
$ echo go | kubectl run two --rm -i --image=busybox:1.28 --restart=Never -- sh -c 'read line; exit 0'
All commands and output from this session will be recorded in container logs, including credentials and sensitive information passed through the command prompt.
If you don't see a command prompt, try pressing enter.
pod "two" deleted from lab namespace
--- 1.32
If you don't see a command prompt, try pressing enter.
pod "two" deleted
$ echo go | kubectl run three --rm -i --image=busybox:1.28 --restart=Never -- sh -c 'read line; echo to err >&2; exit 42'
All commands and output from this session will be recorded in container logs, including credentials and sensitive information passed through the command prompt.
If you don't see a command prompt, try pressing enter.
to err
pod "three" deleted from lab namespace
pod lab/three terminated (Error)
[42]
--- 1.32
If you don't see a command prompt, try pressing enter.
to err
pod "three" deleted
pod lab/three terminated (Error)
[42]
$ echo typed words | kubectl run four --rm -i -q --image=busybox:1.28 --restart=Never -- cat
typed words
$ printf 'echo $((6*7))\nexit 7\n' | kubectl run five --rm -i -q --image=busybox:1.28 --restart=Never -- sh
42
pod lab/five terminated (Error)
[7]
$ kubectl run six --attach --image=busybox:1.28 --restart=Never -q -- sh -c 'sleep 2; echo attached; exit 42'
attached
pod lab/six terminated (Error)
[42]
$ kubectl get pod six -o jsonpath='{.status.phase} {.status.containerStatuses[0].state.terminated.exitCode}'
Failed 42 (no-eol)
$ kubectl run seven --attach --rm --image=busybox:1.28 --restart=Never -q -- nothing 2>&1 | sed 's/error during container init: //' | tail -2
pod lab/seven terminated (StartError)
failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: exec: "nothing": executable file not found in $PATH: unknown
$ kubectl run eight --rm --image=busybox:1.28
error: --rm should only be used for attached containers
See 'kubectl run -h' for help and examples
[1]
$ kubectl run nine --image=busybox:1.28 --restart=Never --overrides='{"spec":{"terminationGracePeriodSeconds":1}}' --override-type=strategic -- sleep 1
pod/nine created
$ kubectl get pod nine -o jsonpath='{.spec.terminationGracePeriodSeconds} {.spec.containers[0].args}'
1 ["sleep","1"] (no-eol)
$ kubectl run ten --image=busybox:1.28 --restart=OnFailure --command -- sh -c 'exit 0'
pod/ten created
$ kubectl get pod ten -o jsonpath='{.spec.restartPolicy} {.spec.containers[0].command}'
OnFailure ["sh","-c","exit 0"] (no-eol)
$ (echo 'echo at the prompt'; echo 'exit 3') | script -qefc "kubectl run eleven -it -q --rm --image=busybox:1.28 --restart=Never -- sh" /dev/null > terminal.txt; echo $?; grep -q 'at the prompt' terminal.txt && echo seen
3
seen

== Attach
$ kubectl run echoes --image=busybox:1.28 -i --restart=Never --overrides='{"spec":{"terminationGracePeriodSeconds":1}}' --override-type=strategic --attach=false -- sh -c 'while read line; do echo got $line; done; echo over'
pod/echoes created
$ kubectl wait --for=condition=Ready pod/echoes
pod/echoes condition met
$ printf 'a\nb\n' | kubectl attach -q -i echoes
got a
got b
over
$ kubectl wait --for=jsonpath='{.status.phase}'=Succeeded pod/echoes
pod/echoes condition met
$ kubectl logs echoes
got a
got b
over
$ kubectl attach echoes
error: cannot attach a container in a completed pod; current phase is Succeeded
[1]
$ kubectl attach nothing
Error from server (NotFound): pods "nothing" not found
[1]
$ kubectl attach box -c nothing
error: cannot attach to the container: container nothing is not valid for pod box out of: main, side
[1]
--- 1.32
error: cannot attach to the container: container nothing not found in pod box
[1]
$ timeout 2 kubectl attach box -c side -q; echo $?
124
`,
  { files: { 'box.yaml': box } },
);
