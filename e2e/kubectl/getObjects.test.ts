import { box, web } from './manifests';
import { session } from './session';

session(
  'kubectl get, whole objects',
  __filename,
  String.raw`
== Set-up
$ kubectl apply -f web.yaml -f box.yaml
service/nginx created
statefulset.apps/web created
pod/box created
$ kubectl rollout status statefulset/web > /dev/null; kubectl wait --for=condition=Ready pod/box
pod/box condition met

== Other outputs
$ kubectl get pods -o jsonpath='{range .items[*]}{.metadata.name}{"\t"}{.status.phase}{"\n"}{end}'
box	Running
web-0	Running
web-1	Running
$ kubectl get pods -o jsonpath='{.items[?(@.metadata.labels.tier=="test")].metadata.name}'
box (no-eol)
$ kubectl get pods -o custom-columns=NAME:.metadata.name,IMAGES:.spec.containers[*].image,NO:.metadata.nothing
NAME  IMAGES  NO
box  busybox:1.28,busybox:1.28  <none>
web-0  registry.k8s.io/nginx-slim:0.8  <none>
web-1  registry.k8s.io/nginx-slim:0.8  <none>
$ kubectl get pod box -o go-template='{{range .spec.containers}}{{.name}} {{end}}'
main side (no-eol)
$ kubectl get pod box -o jsonpath-as-json='{.metadata.labels}'
[
    {
        "app": "box",
        "tier": "test"
    }
]
$ kubectl get pod box -o yaml | sed -E '/last-applied/,+1d;/^    (imageID|containerID)/d;/^    user:$/,/^        uid:/d'
apiVersion: v1
kind: Pod
metadata:
  annotations:
  creationTimestamp: "TIME"
  generation: 1
  labels:
    app: box
    tier: test
  name: box
  namespace: lab
  resourceVersion: NAMED
  uid: NAMED
spec:
  containers:
  - command:
    - sh
    - -c
    - echo first line; echo second line >&2; exec sleep 36000
    env:
    - name: COLOR
      value: blue
    image: busybox:1.28
    imagePullPolicy: IfNotPresent
    name: main
    resources: {}
    terminationMessagePath: /dev/termination-log
    terminationMessagePolicy: File
    volumeMounts:
    - mountPath: /data
      name: data
    - mountPath: /var/run/secrets/kubernetes.io/serviceaccount
      name: kube-api-access-NAME
      readOnly: true
  - command:
    - sleep
    - "36000"
    image: busybox:1.28
    imagePullPolicy: IfNotPresent
    name: side
    resources: {}
    terminationMessagePath: /dev/termination-log
    terminationMessagePolicy: File
    volumeMounts:
    - mountPath: /data
      name: data
    - mountPath: /var/run/secrets/kubernetes.io/serviceaccount
      name: kube-api-access-NAME
      readOnly: true
  dnsPolicy: ClusterFirst
  enableServiceLinks: true
  nodeName: node-1
  preemptionPolicy: PreemptLowerPriority
  priority: 0
  restartPolicy: Always
  schedulerName: default-scheduler
  securityContext: {}
  serviceAccount: default
  serviceAccountName: default
  terminationGracePeriodSeconds: 1
  tolerations:
  - effect: NoExecute
    key: node.kubernetes.io/not-ready
    operator: Exists
    tolerationSeconds: 300
  - effect: NoExecute
    key: node.kubernetes.io/unreachable
    operator: Exists
    tolerationSeconds: 300
  volumes:
  - emptyDir: {}
    name: data
  - name: kube-api-access-NAME
    projected:
      defaultMode: 420
      sources:
      - serviceAccountToken:
          expirationSeconds: 3607
          path: token
      - configMap:
          items:
          - key: ca.crt
            path: ca.crt
          name: kube-root-ca.crt
      - downwardAPI:
          items:
          - fieldRef:
              apiVersion: v1
              fieldPath: metadata.namespace
            path: namespace
status:
  conditions:
  - lastProbeTime: null
    lastTransitionTime: "TIME"
    observedGeneration: 1
    status: "True"
    type: PodReadyToStartContainers
  - lastProbeTime: null
    lastTransitionTime: "TIME"
    observedGeneration: 1
    status: "True"
    type: Initialized
  - lastProbeTime: null
    lastTransitionTime: "TIME"
    observedGeneration: 1
    status: "True"
    type: Ready
  - lastProbeTime: null
    lastTransitionTime: "TIME"
    observedGeneration: 1
    status: "True"
    type: ContainersReady
  - lastProbeTime: null
    lastTransitionTime: "TIME"
    observedGeneration: 1
    status: "True"
    type: PodScheduled
  containerStatuses:
  - containerID: containerd://DIGEST
    image: docker.io/library/busybox:1.28
    lastState: {}
    name: main
    ready: true
    resources: {}
    restartCount: 0
    started: true
    state:
      running:
        startedAt: "TIME"
    volumeMounts:
    - mountPath: /data
      name: data
    - mountPath: /var/run/secrets/kubernetes.io/serviceaccount
      name: kube-api-access-NAME
      readOnly: true
      recursiveReadOnly: Disabled
  - containerID: containerd://DIGEST
    image: docker.io/library/busybox:1.28
    lastState: {}
    name: side
    ready: true
    resources: {}
    restartCount: 0
    started: true
    state:
      running:
        startedAt: "TIME"
    volumeMounts:
    - mountPath: /data
      name: data
    - mountPath: /var/run/secrets/kubernetes.io/serviceaccount
      name: kube-api-access-NAME
      readOnly: true
      recursiveReadOnly: Disabled
  hostIP: IP
  hostIPs:
  - ip: IP
  observedGeneration: 1
  phase: Running
  podIP: IP
  podIPs:
  - ip: IP
  qosClass: BestEffort
  resources: {}
  startTime: "TIME"
$ kubectl get pod web-0 -o json | sed '/"user": {/,/^                },/d' | grep -v -E 'uid|resourceVersion|containerID|"image'
{
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
        "creationTimestamp": "TIME",
        "generateName": "web-",
        "generation": 1,
        "labels": {
            "app": "nginx",
            "apps.kubernetes.io/pod-index": "0",
            "controller-revision-hash": "web-HASH",
            "statefulset.kubernetes.io/pod-name": "web-0"
        },
        "name": "web-0",
        "namespace": "lab",
        "ownerReferences": [
            {
                "apiVersion": "apps/v1",
                "blockOwnerDeletion": true,
                "controller": true,
                "kind": "StatefulSet",
                "name": "web",
            }
        ],
    },
    "spec": {
        "containers": [
            {
                "name": "nginx",
                "ports": [
                    {
                        "containerPort": 80,
                        "name": "web",
                        "protocol": "TCP"
                    }
                ],
                "resources": {},
                "terminationMessagePath": "/dev/termination-log",
                "terminationMessagePolicy": "File",
                "volumeMounts": [
                    {
                        "mountPath": "/var/run/secrets/kubernetes.io/serviceaccount",
                        "name": "kube-api-access-NAME",
                        "readOnly": true
                    }
                ]
            }
        ],
        "dnsPolicy": "ClusterFirst",
        "enableServiceLinks": true,
        "hostname": "web-0",
        "nodeName": "node-1",
        "preemptionPolicy": "PreemptLowerPriority",
        "priority": 0,
        "restartPolicy": "Always",
        "schedulerName": "default-scheduler",
        "securityContext": {},
        "serviceAccount": "default",
        "serviceAccountName": "default",
        "subdomain": "nginx",
        "terminationGracePeriodSeconds": 30,
        "tolerations": [
            {
                "effect": "NoExecute",
                "key": "node.kubernetes.io/not-ready",
                "operator": "Exists",
                "tolerationSeconds": 300
            },
            {
                "effect": "NoExecute",
                "key": "node.kubernetes.io/unreachable",
                "operator": "Exists",
                "tolerationSeconds": 300
            }
        ],
        "volumes": [
            {
                "name": "kube-api-access-NAME",
                "projected": {
                    "defaultMode": 420,
                    "sources": [
                        {
                            "serviceAccountToken": {
                                "expirationSeconds": 3607,
                                "path": "token"
                            }
                        },
                        {
                            "configMap": {
                                "items": [
                                    {
                                        "key": "ca.crt",
                                        "path": "ca.crt"
                                    }
                                ],
                                "name": "kube-root-ca.crt"
                            }
                        },
                        {
                            "downwardAPI": {
                                "items": [
                                    {
                                        "fieldRef": {
                                            "apiVersion": "v1",
                                            "fieldPath": "metadata.namespace"
                                        },
                                        "path": "namespace"
                                    }
                                ]
                            }
                        }
                    ]
                }
            }
        ]
    },
    "status": {
        "conditions": [
            {
                "lastProbeTime": null,
                "lastTransitionTime": "TIME",
                "observedGeneration": 1,
                "status": "True",
                "type": "PodReadyToStartContainers"
            },
            {
                "lastProbeTime": null,
                "lastTransitionTime": "TIME",
                "observedGeneration": 1,
                "status": "True",
                "type": "Initialized"
            },
            {
                "lastProbeTime": null,
                "lastTransitionTime": "TIME",
                "observedGeneration": 1,
                "status": "True",
                "type": "Ready"
            },
            {
                "lastProbeTime": null,
                "lastTransitionTime": "TIME",
                "observedGeneration": 1,
                "status": "True",
                "type": "ContainersReady"
            },
            {
                "lastProbeTime": null,
                "lastTransitionTime": "TIME",
                "observedGeneration": 1,
                "status": "True",
                "type": "PodScheduled"
            }
        ],
        "containerStatuses": [
            {
                "lastState": {},
                "name": "nginx",
                "ready": true,
                "resources": {},
                "restartCount": 0,
                "started": true,
                "state": {
                    "running": {
                        "startedAt": "TIME"
                    }
                },
                "volumeMounts": [
                    {
                        "mountPath": "/var/run/secrets/kubernetes.io/serviceaccount",
                        "name": "kube-api-access-NAME",
                        "readOnly": true,
                        "recursiveReadOnly": "Disabled"
                    }
                ]
            }
        ],
        "hostIP": "IP",
        "hostIPs": [
            {
                "ip": "IP"
            }
        ],
        "observedGeneration": 1,
        "phase": "Running",
        "podIP": "IP",
        "podIPs": [
            {
                "ip": "IP"
            }
        ],
        "qosClass": "BestEffort",
        "resources": {},
        "startTime": "TIME"
    }
}
$ kubectl get service nginx -o yaml | sed -E '/last-applied/,+1d'
apiVersion: v1
kind: Service
metadata:
  annotations:
  creationTimestamp: "TIME"
  labels:
    app: nginx
  name: nginx
  namespace: lab
  resourceVersion: NAMED
  uid: NAMED
spec:
  clusterIP: None
  clusterIPs:
  - None
  internalTrafficPolicy: Cluster
  ipFamilies:
  - IPv4
  ipFamilyPolicy: SingleStack
  ports:
  - name: web
    port: 80
    protocol: TCP
    targetPort: 80
  selector:
    app: nginx
  sessionAffinity: None
  type: ClusterIP
status:
  loadBalancer: {}
$ kubectl get --raw /api/v1/namespaces/$NS/pods/nothing
Error from server (NotFound): pods "nothing" not found
[1]
$ kubectl get --raw /version | grep -E 'major|minor"|gitVersion'
  "major": "1",
  "minor": "36",
  "gitVersion": "v1.36.3",
$ kubectl get --raw /healthz
ok (no-eol)
$ kubectl get --raw /nothing
Error from server (NotFound): the server could not find the requested resource
[1]
$ kubectl get pod box -o nonsense | sed 's/allowed formats.*//'
error: unable to match a printer suitable for the output format "nonsense", allowed formats are: custom-columns,custom-columns-file,go-template,go-template-file,json,jsonpath,jsonpath-as-json,jsonpath-file,kyaml,name,template,templatefile,wide,yaml
--- 1.32
error: unable to match a printer suitable for the output format "nonsense", allowed formats are: custom-columns,custom-columns-file,go-template,go-template-file,json,jsonpath,jsonpath-as-json,jsonpath-file,name,template,templatefile,wide,yaml
`,
  { files: { 'web.yaml': web, 'box.yaml': box } },
);
