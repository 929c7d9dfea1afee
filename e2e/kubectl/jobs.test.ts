import { session } from './session';

const fails = `apiVersion: batch/v1
kind: Job
metadata:
  name: fails
spec:
  backoffLimit: 0
  template:
    spec:
      restartPolicy: Never
      containers:
        - name: main
          image: busybox:1.28
          command: ['sh', '-c', 'echo no; exit 3']
`;

const daemon = `apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: everywhere
spec:
  selector:
    matchLabels: { app: everywhere }
  template:
    metadata:
      labels: { app: everywhere }
    spec:
      terminationGracePeriodSeconds: 1
      containers:
        - name: nginx
          image: nginx:1.27
`;

const limits = `apiVersion: v1
kind: LimitRange
metadata:
  name: small
spec:
  limits:
    - type: Container
      default: { cpu: 200m }
      defaultRequest: { cpu: 100m }
      max: { cpu: 500m }
`;

session(
  'Jobs, DaemonSets and limits by kubectl',
  __filename,
  String.raw`
== A Job
$ kubectl create job hello --image=busybox:1.28 -- echo hi
job.batch/hello created
$ kubectl wait --for=condition=Complete job/hello
job.batch/hello condition met
$ kubectl logs job/hello
hi
$ kubectl get job hello -o jsonpath='{.spec.completions} {.spec.parallelism} {.spec.backoffLimit} {.status.succeeded}{"\n"}'
1 1 6 1
$ kubectl describe job hello | grep -E 'Parallelism|Completions|Completion Mode|Suspend|Backoff|Pods Statuses'
Parallelism:  1
Completions:  1
Completion Mode:  NonIndexed
Suspend:  false
Backoff Limit:  6
Pods Statuses:  0 Active (0 Ready) / 1 Succeeded / 0 Failed
$ kubectl get events --field-selector involvedObject.kind=Job -o custom-columns=REASON:.reason,FROM:.source.component --no-headers
SuccessfulCreate  job-controller
Completed  job-controller
$ kubectl create job empty
error: either --image or --from must be specified
[1]
$ kubectl delete job hello
job.batch "hello" deleted from lab namespace
--- 1.32
job.batch "hello" deleted
$ kubectl wait --for=delete pod -l job-name=hello --timeout=30s

== A Job that fails
$ kubectl apply -f fails.yaml
job.batch/fails created
$ kubectl wait --for=condition=Failed job/fails
job.batch/fails condition met
$ kubectl get job fails -o jsonpath='{range .status.conditions[*]}{.type} {.reason}: {.message}{"\n"}{end}'
FailureTarget BackoffLimitExceeded: Job has reached the specified backoff limit
Failed BackoffLimitExceeded: Job has reached the specified backoff limit
$ kubectl logs job/fails
no
$ kubectl patch job fails -p '{"spec":{"completions":2}}'
The Job "fails" is invalid: spec.completions: Invalid value: 2: field is immutable
[1]

== A DaemonSet
$ kubectl apply -f daemon.yaml
daemonset.apps/everywhere created
$ kubectl rollout status ds/everywhere > /dev/null; kubectl get pods -l app=everywhere -o jsonpath='{range .items[*]}{.spec.nodeName}{"\n"}{end}' | sort
node-1
$ kubectl get ds everywhere -o jsonpath='{.status.desiredNumberScheduled} {.status.numberReady} {.status.updatedNumberScheduled}{"\n"}'
1 1 1
$ kubectl set image ds/everywhere nginx=nginx:1.28
daemonset.apps/everywhere image updated
$ kubectl rollout status ds/everywhere > /dev/null; kubectl rollout history ds/everywhere
daemonset.apps/everywhere
REVISION  CHANGE-CAUSE
1  <none>
2  <none>
$ kubectl rollout history ds/everywhere --revision=2 | grep Image
    Image:	nginx:1.28
$ kubectl get pods -l app=everywhere -o jsonpath='{range .items[*]}{.spec.containers[0].image}{"\n"}{end}'
nginx:1.28
$ kubectl delete ds everywhere
daemonset.apps "everywhere" deleted from lab namespace
--- 1.32
daemonset.apps "everywhere" deleted

== What a namespace lets a container have
$ kubectl apply -f limits.yaml
limitrange/small created
$ kubectl describe limitrange small
Name:  small
Namespace:  lab
Type  Resource  Min  Max  Default Request  Default Limit  Max Limit/Request Ratio
----  ----  ---  ---  ----  ----  ----
Container  cpu  -  AGE  AGE  AGE  -
$ kubectl run given --image=busybox:1.28 --restart=Never -- sleep 1
pod/given created
$ kubectl get pod given -o jsonpath='{.spec.containers[0].resources}{"\n"}{.metadata.annotations}{"\n"}{.status.qosClass}{"\n"}'
{"limits":{"cpu":"200m"},"requests":{"cpu":"100m"}}
{"kubernetes.io/limit-ranger":"LimitRanger plugin set: cpu request for container given; cpu limit for container given"}
Burstable
$ kubectl run greedy --image=busybox:1.28 --overrides='{"spec":{"containers":[{"name":"greedy","image":"busybox:1.28","resources":{"limits":{"cpu":"1"}}}]}}'
Error from server (Forbidden): pods "greedy" is forbidden: maximum cpu usage per Container is 500m, but limit is 1
[1]
$ kubectl get limits
NAME  CREATED AT
small  TIME
`,
  { files: { 'fails.yaml': fails, 'daemon.yaml': daemon, 'limits.yaml': limits } },
);
