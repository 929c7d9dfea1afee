/** What several sessions begin with. */
export const web = `apiVersion: v1
kind: Service
metadata:
  name: nginx
  labels: {app: nginx}
spec:
  ports:
  - {port: 80, name: web}
  clusterIP: None
  selector: {app: nginx}
---
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: web
spec:
  serviceName: nginx
  replicas: 2
  selector:
    matchLabels: {app: nginx}
  template:
    metadata:
      labels: {app: nginx}
    spec:
      containers:
      - name: nginx
        image: registry.k8s.io/nginx-slim:0.8
        ports:
        - {containerPort: 80, name: web}
`;

/** A pod with a shell, which ends at once when told to. */
export const box = `apiVersion: v1
kind: Pod
metadata:
  name: box
  labels: {app: box, tier: test}
spec:
  terminationGracePeriodSeconds: 1
  containers:
  - name: main
    image: busybox:1.28
    command: [sh, -c, 'echo first line; echo second line >&2; exec sleep 36000']
    env:
    - {name: COLOR, value: blue}
    volumeMounts:
    - {name: data, mountPath: /data}
  - name: side
    image: busybox:1.28
    command: [sleep, '36000']
    volumeMounts:
    - {name: data, mountPath: /data}
  volumes:
  - name: data
    emptyDir: {}
`;
