import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { kubectlMinor, startCluster, type TestCluster } from './cluster';
import { follow, inTerminal } from './follow';
import { screen } from './screen';

/**
 * The lab text "StatefulSets" (nginx `web`), word for word, with the real kubectl. What may differ from the text: addresses, ages, ids, and
 * between versions of Kubernetes
 *  - `pod "web-0" deleted` ends in `from default namespace` since kubectl 1.34;
 *  - `kubectl run -it` says first that the session is recorded in the container's log, since 1.34;
 *  - `get pvc` has a column VOLUMEATTRIBUTESCLASS since 1.29;
 *  - ContainerCreating is printed once more, when the pod's sandbox is up (condition PodReadyToStartContainers), since 1.29;
 *  - DNS's own address is this cluster's.
 */
const manifest = `apiVersion: v1
kind: Service
metadata:
  name: nginx
  labels:
    app: nginx
spec:
  ports:
  - port: 80
    name: web
  clusterIP: None
  selector:
    app: nginx
---
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: web
spec:
  serviceName: nginx
  replicas: 3
  selector:
    matchLabels:
      app: nginx
  template:
    metadata:
      labels:
        app: nginx
    spec:
      containers:
      - name: nginx
        image: k8s.gcr.io/nginx-slim:0.8
        ports:
        - containerPort: 80
          name: web
        volumeMounts:
        - name: www
          mountPath: /usr/share/nginx/html
  volumeClaimTemplates:
  - metadata:
      name: www
    spec:
      accessModes: [ "ReadWriteOnce" ]
      resources:
        requests:
          storage: 1Gi
`;

let cluster: TestCluster;
let minor: number;
beforeAll(async () => {
  cluster = await startCluster();
  minor = await kubectlMinor(cluster);
});
afterAll(() => cluster?.stop());

/** The output with columns one space apart, and what differs from run to run named. */
function normal(text: string): string {
  return text
    .replaceAll('\r', '')
    .replaceAll(/\b10\.\d+\.\d+\.\d+\b/g, 'IP')
    .replaceAll(/pvc-[0-9a-f-]{36}/g, 'pvc-UID')
    .replaceAll(/\b(\d+[smhd])+\b/g, 'AGE')
    .replaceAll(/ +/g, ' ')
    .replaceAll(/ $/gm, '')
    .trimEnd();
}

/** name and STATUS of each line of `get -w`, with ages left out. */
function states(text: string): string[] {
  return text
    .trim()
    .split('\n')
    .filter((line) => !line.startsWith('NAME'))
    .map((line) => {
      const [name, ready, status] = line.split(/\s+/);
      return `${name} ${ready} ${status}`;
    });
}

const deleted = (what: string) => (minor >= 34 ? `${what} deleted from default namespace` : `${what} deleted`);

/** What the text's loop prints for one pod. */
const answer = (pod: string) =>
  `Server: IP\nAddress 1: IP kube-dns.kube-system.svc.cluster.local\n\nName: ${pod}.nginx\nAddress 1: IP ${pod}.nginx.default.svc.cluster.local\n\n---`;

const started = (pod: string) => [
  ...Array<string>(3).fill(`${pod} 0/1 Pending`),
  ...Array<string>(2).fill(`${pod} 0/1 ContainerCreating`),
  `${pod} 1/1 Running`,
];

describe.sequential('the nginx web lab', () => {
  it('creates the Service and the set, and get -w shows the pods start in order', async () => {
    const watch = follow(cluster, 'get', 'pods', '-w', '-l', 'app=nginx');
    const applied = await cluster.kubectlWith({ input: manifest }, 'apply', '-f', '-');
    expect(applied).toEqual({ code: 0, stdout: 'service/nginx created\nstatefulset.apps/web created\n', stderr: '' });
    await watch.until(/web-2 +1\/1 +Running/);
    watch.end();
    expect(states(watch.text())).toEqual(['web-0', 'web-1', 'web-2'].flatMap(started));
  });

  it('shows the Service and the set', async () => {
    expect(normal((await cluster.kubectl('get', 'service', 'nginx')).stdout)).toBe(
      'NAME TYPE CLUSTER-IP EXTERNAL-IP PORT(S) AGE\nnginx ClusterIP None <none> 80/TCP AGE',
    );
    expect(normal((await cluster.kubectl('get', 'statefulset', 'web')).stdout)).toBe('NAME READY AGE\nweb 3/3 AGE');
    expect(normal((await cluster.kubectl('get', 'pods', '-l', 'app=nginx')).stdout)).toBe(
      'NAME READY STATUS RESTARTS AGE\n' + ['web-0', 'web-1', 'web-2'].map((n) => `${n} 1/1 Running 0 AGE`).join('\n'),
    );
  });

  it('has each pod know its own name', async () => {
    const ran = await cluster.bash('for i in {0..2}; do kubectl exec web-$i -- sh -c hostname; done');
    expect(ran).toEqual({ code: 0, stdout: 'web-0\nweb-1\nweb-2\n', stderr: '' });
  });

  const atThePrompt = async (lines: { typed: string; ends: RegExp }[]) => {
    const shell = inTerminal(
      cluster,
      'run',
      '-it',
      '--image',
      'busybox:1.28',
      'my-dns-test-pod',
      '--restart=Never',
      '--rm',
    );
    await shell.until(/If you don't see a command prompt, try pressing enter\.\r?\n/);
    await shell.until(/\/ # $/);
    for (const { typed, ends } of lines) {
      const from = shell.text().length;
      shell.type(`${typed}\r`);
      await shell.until(ends, from);
    }
    shell.type('\u0004');
    await shell.exited;
    const [, ...printed] = normal(screen(shell.text())).split(/^\/ #/m);
    expect(printed.pop()).toContain(deleted('pod "my-dns-test-pod"'));
    return printed.map((part) => part.trim());
  };
  const loop = "for i in 0 1 2;do nslookup web-$i.nginx;echo;echo '---';done";
  const loopEnds = /(---\r?\n[^]*){3}\/ # $/;

  it('answers nslookup at the prompt of a busybox', async () => {
    const [printed] = await atThePrompt([{ typed: loop, ends: loopEnds }]);
    expect(printed).toBe(`${loop}\n${['web-0', 'web-1', 'web-2'].map(answer).join('\n')}`);
  });

  it('lists the pods with their addresses', async () => {
    const { stdout } = await cluster.kubectl('get', 'pods', '-o', 'wide');
    expect(normal(stdout).replaceAll(/ node-\d /g, ' NODE ')).toBe(
      'NAME READY STATUS RESTARTS AGE IP NODE NOMINATED NODE READINESS GATES\n' +
        ['web-0', 'web-1', 'web-2'].map((n) => `${n} 1/1 Running 0 AGE IP NODE <none> <none>`).join('\n'),
    );
  });

  it('brings deleted pods back in order, at new addresses', async () => {
    const addresses = async () =>
      (await cluster.kubectl('get', 'pods', '-l', 'app=nginx', '-o', 'jsonpath={.items[*].status.podIP}')).stdout.split(
        ' ',
      );
    const before = await addresses();
    const watch = follow(cluster, 'get', 'pods', '-w', '-l', 'app=nginx');
    await watch.until(/web-2 .*\n/);
    const from = watch.text().length;
    const ran = await cluster.kubectl('delete', 'pod', '-l', 'app=nginx');
    expect(ran.stdout).toBe(['web-0', 'web-1', 'web-2'].map((n) => `${deleted(`pod "${n}"`)}\n`).join(''));
    await watch.until(/web-2 +0\/1 +ContainerCreating[^]*web-2 +1\/1 +Running/, from);
    watch.end();
    const seen = states(watch.text().slice(from));
    for (const name of ['web-0', 'web-1', 'web-2']) {
      const own = seen.filter((state) => state.startsWith(name)).map((state) => state.slice(name.length + 1));
      expect([...new Set(own)]).toEqual([
        '1/1 Terminating',
        '0/1 Completed',
        '0/1 Pending',
        '0/1 ContainerCreating',
        '1/1 Running',
      ]);
    }
    const running = seen.filter((state) => state.endsWith('1/1 Running'));
    expect(running).toEqual(['web-0 1/1 Running', 'web-1 1/1 Running', 'web-2 1/1 Running']);
    const after = await addresses();
    expect(after).toHaveLength(3);
    expect(after.filter((ip) => before.includes(ip))).toEqual([]);
  });

  it('answers with the new addresses, the set of them under the Service', async () => {
    const [each, all] = await atThePrompt([
      { typed: loop, ends: loopEnds },
      { typed: 'nslookup nginx.default.svc.cluster.local', ends: /Address 3: .*\r?\n[^]*\/ # $/ },
    ]);
    expect(each).toBe(`${loop}\n${['web-0', 'web-1', 'web-2'].map(answer).join('\n')}`);
    const lines = (all ?? '').split('\n');
    expect(lines.slice(0, 5)).toEqual([
      'nslookup nginx.default.svc.cluster.local',
      'Server: IP',
      'Address 1: IP kube-dns.kube-system.svc.cluster.local',
      '',
      'Name: nginx.default.svc.cluster.local',
    ]);
    // The order of addresses is shuffled by DNS.
    const names = lines.slice(5, 8).map((line) => line.replace(/^Address \d: IP /, ''));
    expect(names.sort()).toEqual([0, 1, 2].map((i) => `web-${i}.nginx.default.svc.cluster.local`));
  });

  it('shows the claims bound', async () => {
    const { stdout } = await cluster.kubectl('get', 'pvc', '-l', 'app=nginx');
    expect(normal(stdout)).toBe(
      'NAME STATUS VOLUME CAPACITY ACCESS MODES STORAGECLASS VOLUMEATTRIBUTESCLASS AGE\n' +
        [0, 1, 2].map((i) => `www-web-${i} Bound pvc-UID 1Gi RWO standard <unset> AGE`).join('\n'),
    );
  });
});
