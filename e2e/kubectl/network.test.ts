import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCluster, type TestCluster } from './cluster';

/** HTTP and DNS inside the cluster, as a student finds out who can be reached by what. */
const manifest = `
apiVersion: v1
kind: Service
metadata: {name: nginx}
spec:
  clusterIP: None
  selector: {app: nginx}
  ports: [{port: 80, name: web}]
---
apiVersion: v1
kind: Service
metadata: {name: front}
spec:
  selector: {app: nginx}
  ports: [{port: 8080, targetPort: web}]
---
apiVersion: v1
kind: Service
metadata: {name: only-one}
spec:
  selector: {statefulset.kubernetes.io/pod-name: web-1}
  ports: [{port: 80}]
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: web}
spec:
  serviceName: nginx
  replicas: 2
  selector: {matchLabels: {app: nginx}}
  template:
    metadata: {labels: {app: nginx}}
    spec:
      containers:
      - name: nginx
        image: k8s.gcr.io/nginx-slim:0.8
        ports: [{containerPort: 80, name: web}]
        volumeMounts: [{name: www, mountPath: /usr/share/nginx/html}]
  volumeClaimTemplates:
  - metadata: {name: www}
    spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
`;

let cluster: TestCluster;
beforeAll(async () => {
  cluster = await startCluster('--speed=5', '--dns-cache=0');
  await cluster.kubectlWith({ input: manifest }, 'apply', '-f', '-');
  await cluster.kubectl('rollout', 'status', 'statefulset/web');
  for (const pod of ['web-0', 'web-1']) {
    await cluster.kubectl('exec', pod, '--', 'sh', '-c', 'hostname > /usr/share/nginx/html/index.html');
  }
  await cluster.kubectl('run', 'box', '--image=busybox:1.36', '--restart=Never', '--', 'sleep', '3600');
  await cluster.kubectl('wait', '--for=condition=Ready', 'pod/box');
});
afterAll(() => cluster?.stop());

const inBox = async (...argv: string[]) => (await cluster.kubectl('exec', 'box', '--', ...argv)).stdout.trim();
const field = async (what: string, path: string) =>
  (await cluster.kubectl('get', ...what.split(' '), '-o', `jsonpath={${path}}`)).stdout;

describe('who answers', () => {
  it('a pod, by its address', async () => {
    const ip = await field('pod web-1', '.status.podIP');
    expect(await inBox('wget', '-qO-', `http://${ip}/`)).toBe('web-1');
  });

  it.each(['web-0', 'web-1'])('%s, by its DNS name', async (pod) => {
    expect(await inBox('wget', '-qO-', `http://${pod}.nginx/`)).toBe(pod);
    expect(await inBox('wget', '-qO-', `http://${pod}.nginx.default.svc.cluster.local/`)).toBe(pod);
  });

  it('one of the set, by the headless name and by the cluster IP', async () => {
    expect(await inBox('wget', '-qO-', 'http://nginx/')).toMatch(/^web-[01]$/);
    expect(await inBox('wget', '-qO-', 'http://front:8080/')).toMatch(/^web-[01]$/);
    const ip = await field('service front', '.spec.clusterIP');
    expect(await inBox('wget', '-qO-', `http://${ip}:8080/`)).toMatch(/^web-[01]$/);
  });

  it('exactly the pod that a Service selects by name', async () => {
    for (let i = 0; i < 5; i++) expect(await inBox('wget', '-qO-', 'http://only-one/')).toBe('web-1');
  });

  it('a pod and a Service, through the API', async () => {
    const raw = async (path: string) => (await cluster.kubectl('get', '--raw', path)).stdout.trim();
    expect(await raw('/api/v1/namespaces/default/pods/web-0/proxy/')).toBe('web-0');
    expect(await raw('/api/v1/namespaces/default/pods/web-0:80/proxy/index.html')).toBe('web-0');
    expect(await raw('/api/v1/namespaces/default/services/front/proxy/')).toMatch(/^web-[01]$/);
    expect(await raw('/api/v1/namespaces/default/services/only-one:80/proxy/')).toBe('web-1');
  });

  it('the API itself, with the rights of the pod’s service account', async () => {
    await cluster.kubectl('run', 'asker', '--image=nginx');
    await cluster.kubectl('wait', '--for=condition=Ready', 'pod/asker');
    const ask = async (): Promise<{ kind: string; message?: string }> => {
      const line =
        'cd /var/run/secrets/kubernetes.io/serviceaccount && curl -s --cacert ca.crt -H "Authorization: Bearer $(cat token)" ' +
        'https://kubernetes.default.svc/api/v1/namespaces/default/pods/web-0';
      return JSON.parse((await cluster.kubectl('exec', 'asker', '--', 'sh', '-c', line)).stdout) as { kind: string };
    };
    expect((await ask()).message).toContain('User "system:serviceaccount:default:default" cannot get resource "pods"');
    await cluster.kubectl('create', 'rolebinding', 'asker', '--clusterrole=view', '--serviceaccount=default:default');
    expect((await ask()).kind).toBe('Pod');
    const trusting = await cluster.kubectl('exec', 'asker', '--', 'curl', '-sS', 'https://kubernetes.default.svc/');
    expect(trusting.stderr).toContain('unable to get local issuer certificate');
  });

  it('nobody, by a name that is not there or an address that is not ours', async () => {
    const ran = await cluster.kubectl('exec', 'box', '--', 'wget', '-qO-', '-T', '2', 'http://web-7.nginx/');
    expect(ran).toMatchObject({ code: 1, stdout: '' });
    expect(ran.stderr).toContain("wget: bad address 'web-7.nginx'");
  });
});

describe('what DNS says', () => {
  it('gives the set of addresses under the headless name, and a record for each pod', async () => {
    const { stdout } = await cluster.kubectl(
      'get',
      'pods',
      '-l',
      'app=nginx',
      '-o',
      'jsonpath={.items[*].status.podIP}',
    );
    const answers = await inBox('nslookup', 'nginx.default.svc.cluster.local');
    for (const ip of stdout.split(' ')) expect(answers).toContain(ip);
  });

  it('leaves a pod out while it is not ready', async () => {
    await cluster.kubectl('scale', 'statefulset/web', '--replicas=1');
    await cluster.kubectl('wait', '--for=delete', 'pod/web-1');
    const gone = await cluster.kubectl('exec', 'box', '--', 'nslookup', 'web-1.nginx.default.svc.cluster.local');
    expect(gone.code).toBe(1);
    expect(gone.stdout + gone.stderr).toContain('NXDOMAIN');
    expect(await inBox('wget', '-qO-', 'http://nginx/')).toBe('web-0');
  });
});
