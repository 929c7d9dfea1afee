import type { SameAsDeployment } from '../../lib/lab/lab';

const name = 'web-deploy';
const claim = 'web-deploy-html';

/**
 * The containers of `web.yaml`, as a Deployment. Its labels are its own: with `app: nginx` its pods would be in the set's Service too, and
 * `kubectl delete pod -l app=nginx` would delete them with the set's. Its Service is no headless one: clients get any of its pods.
 */
const service = `apiVersion: v1
kind: Service
metadata:
  name: ${name}
  labels:
    app: ${name}
spec:
  ports:
  - port: 80
    name: web
  selector:
    app: ${name}
`;

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
spec:
  replicas: 3
  selector:
    matchLabels:
      app: ${name}
  template:
    metadata:
      labels:
        app: ${name}
    spec:
      containers:
      - name: nginx
        image: k8s.gcr.io/nginx-slim:0.8
        ports:
        - containerPort: 80
          name: web
`;

/** What follows the containers' ports in the template: one claim, by its name, for every pod. */
const mount = `        volumeMounts:
        - name: www
          mountPath: /usr/share/nginx/html
      volumes:
      - name: www
        persistentVolumeClaim:
          claimName: ${claim}
`;

const claimYaml = `apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: ${claim}
  labels:
    app: ${name}
spec:
  accessModes: [ "ReadWriteOnce" ]
  resources:
    requests:
      storage: 1Gi
`;

export const asDeployment: SameAsDeployment = {
  name,
  replicas: 3,
  claim: { name: claim, size: '1Gi' },
  yaml: {
    alone: [service, deployment].join('---\n'),
    sharing: [service, claimYaml, deployment + mount].join('---\n'),
  },
};
