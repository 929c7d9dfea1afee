import type { Event } from '../kubernetes/cluster';
import type { EndpointSlice, Service } from '../kubernetes/network';
import type { Pod } from '../kubernetes/pod';
import { claimName, type ControllerRevision, type StatefulSet } from '../kubernetes/statefulSet';
import type { PersistentVolume, PersistentVolumeClaim, StorageClass } from '../kubernetes/storage';
import type { DeploymentSpec, DeploymentStatus } from '../kubernetes/workloads';
import { gatheredUnder } from './deployments';
import { deploymentFacts, replicaSetFacts } from './facts/deployment';
import { DnsAbsences } from './dnsAbsences';
import { eventFacts } from './facts/event';
import { serviceFacts, sliceFacts } from './facts/network';
import { podFacts } from './facts/pod';
import { revisionFacts } from './facts/revision';
import { setFacts } from './facts/set';
import { claimFacts, classFacts, volumeFacts } from './facts/storage';
import { Histories } from './history';
import { LoosePods } from './loosePods';
import type { Board, DnsAnswer } from './model';
import type { NamespaceSnapshot } from './snapshot';
import { Writes, type FileWrite } from './writes';

/** For tests: one namespace that is changed object by object, as a watch would. Time is counted in seconds. */
export class World {
  now = Date.parse('2026-01-01T00:00:00Z');
  readonly sets = new Map<string, ReturnType<typeof setFacts>>();
  readonly pods = new Map<string, ReturnType<typeof podFacts>>();
  readonly deployments = new Map<string, ReturnType<typeof deploymentFacts>>();
  readonly replicaSets = new Map<string, ReturnType<typeof replicaSetFacts>>();
  readonly revisions = new Map<string, ReturnType<typeof revisionFacts>>();
  readonly services = new Map<string, ReturnType<typeof serviceFacts>>();
  readonly slices = new Map<string, ReturnType<typeof sliceFacts>>();
  readonly claims = new Map<string, ReturnType<typeof claimFacts>>();
  readonly volumes = new Map<string, ReturnType<typeof volumeFacts>>();
  readonly storageClasses = new Map<string, ReturnType<typeof classFacts>>();
  readonly events = new Map<string, ReturnType<typeof eventFacts>>();
  hidden: Board['hidden'] = [];
  readonly histories = new Histories();
  readonly writes = new Writes();
  readonly loosePods = new LoosePods();
  readonly answers = new Map<string, DnsAnswer>();
  readonly absences = new DnsAbsences();
  problem: string | undefined;
  private revision = 1;
  private lives = 0;

  snapshot(): NamespaceSnapshot {
    const namespace = {
      uid: 'ns',
      name: 'default',
      namespace: '',
      resourceVersion: '1',
      terminating: false,
      createdAt: 0,
    };
    const { sets, pods, revisions, services, slices, claims, volumes, storageClasses, hidden } = this;
    const { events, histories, writes } = this;
    const dns = { problem: this.problem, answers: this.answers, absences: this.absences.all };
    const { deployments, replicaSets, loosePods } = this;
    const storage = { claims, volumes, storageClasses, hidden };
    const loose = { deployments, replicaSets, loosePods };
    const facts = { sets, pods, revisions, services, slices, events, histories, writes, dns, ...storage, ...loose };
    return { name: 'default', namespace, clusterDomain: 'cluster.local', ...facts };
  }

  private meta(name: string, uid: string) {
    const creationTimestamp = new Date(this.now).toISOString();
    return { name, uid, namespace: 'default', resourceVersion: String(this.revision++), creationTimestamp };
  }

  set(replicas: number, spec: Partial<StatefulSet['spec']> = {}, name = 'web'): this {
    const set: StatefulSet = {
      metadata: this.meta(name, `set-${name}`),
      spec: {
        replicas,
        serviceName: 'nginx',
        selector: { matchLabels: { app: 'nginx' } },
        template: { spec: { containers: [{ name: 'nginx', image: 'nginx:1' }] } },
        volumeClaimTemplates: [{ metadata: { name: 'www' }, spec: {} }],
        ...spec,
      },
      status: { updateRevision: 'r1', currentRevision: 'r1' },
    };
    this.sets.set(name, setFacts(set));
    return this;
  }

  deployment(
    name: string,
    replicas: number,
    change: Partial<DeploymentSpec> & { status?: DeploymentStatus } = {},
  ): this {
    const { status = {}, ...spec } = change;
    const meta = {
      ...this.meta(name, `deployment-${name}`),
      annotations: { 'deployment.kubernetes.io/revision': '1' },
    };
    const template = { spec: { containers: [{ name: 'nginx', image: 'nginx:1' }] } };
    const deployment = { metadata: meta, spec: { replicas, selector: {}, template, ...spec }, status };
    this.deployments.set(name, deploymentFacts(deployment));
    return this;
  }

  /** `web-7d9c`: the Deployment's name and the hash; without `deployment` nobody controls it. */
  replicaSet(name: string, replicas: number, change: { deployment?: string; revision?: number } = {}): this {
    const { deployment, revision = 1 } = change;
    const owner = { apiVersion: 'apps/v1', kind: 'Deployment', controller: true };
    const meta = {
      ...this.meta(name, `rs-${name}`),
      labels: { 'pod-template-hash': name.slice(name.lastIndexOf('-') + 1) },
      annotations: { 'deployment.kubernetes.io/revision': String(revision) },
      ...(deployment && { ownerReferences: [{ ...owner, name: deployment, uid: `deployment-${deployment}` }] }),
    };
    const template = { spec: { containers: [{ name: 'nginx', image: `nginx:${revision}` }] } };
    const set = { metadata: meta, spec: { replicas, selector: {}, template }, status: {} };
    this.replicaSets.set(name, replicaSetFacts(set));
    return this;
  }

  /** Remembered for `set`, with this image in its template. */
  controllerRevision(name: string, revision: number, image: string, set = 'web'): this {
    const owner = { apiVersion: 'apps/v1', kind: 'StatefulSet', name: set, uid: `set-${set}`, controller: true };
    const object: ControllerRevision = {
      metadata: { ...this.meta(name, `revision-${name}`), ownerReferences: [owner] },
      data: { spec: { template: { $patch: 'replace', spec: { containers: [{ name: 'nginx', image }] } } } },
      revision,
    };
    this.revisions.set(name, revisionFacts(object));
    return this;
  }

  service(name = 'nginx', clusterIP = 'None', portName?: string): this {
    const ports = [{ port: 80, ...(portName === undefined ? {} : { name: portName }) }];
    const service: Service = { metadata: this.meta(name, `svc-${name}`), spec: { clusterIP, ports } };
    this.services.set(name, serviceFacts(service));
    return this;
  }

  endpoints(pods: { name: string; ip: string; ready?: boolean }[], service = 'nginx'): this {
    const slice: EndpointSlice = {
      metadata: { ...this.meta(`${service}-x`, `slice-${service}`), labels: { 'kubernetes.io/service-name': service } },
      addressType: 'IPv4',
      endpoints: pods.map((pod) => ({
        addresses: [pod.ip],
        hostname: pod.name,
        conditions: { ready: pod.ready ?? true },
        targetRef: { kind: 'Pod', name: pod.name },
      })),
      ports: [{ name: 'web', port: 80, protocol: 'TCP' }],
    };
    this.slices.set(`${service}-x`, sliceFacts(slice));
    return this;
  }

  /** A new pod under this name. */
  create(name: string, change: PodChange = {}): this {
    this.lives += 1;
    return this.pod(name, change, `pod-${this.lives}`);
  }

  pod(name: string, change: PodChange = {}, uid = this.pods.get(name)?.uid ?? 'pod'): this {
    const known = this.pods.get(name);
    const born = known?.uid === uid ? known.view.createdAt : this.now;
    const claim = change.claim ?? `www-${name}`;
    const pod: Pod = {
      metadata: {
        ...this.meta(name, uid),
        creationTimestamp: new Date(born).toISOString(),
        labels: { 'controller-revision-hash': change.revision ?? 'r1' },
        ...(change.deleting
          ? { deletionTimestamp: new Date(this.now + 30_000).toISOString(), deletionGracePeriodSeconds: 30 }
          : {}),
        ...(change.orphan ? {} : { ownerReferences: [ownerOfPod(name, change)] }),
      },
      spec: {
        containers: [{ name: 'nginx', image: 'nginx:1', volumeMounts: [{ name: 'www', mountPath: '/www' }] }],
        volumes: claim === '' ? [] : [{ name: 'www', persistentVolumeClaim: { claimName: claim } }],
        ...(change.node === '' ? {} : { nodeName: change.node ?? 'node-1' }),
      },
      status: {
        phase: change.phase ?? 'Running',
        podIP: change.ip ?? '10.0.0.1',
        conditions: [
          { type: 'Ready', status: change.ready === false ? 'False' : 'True' },
          ...(change.disruption
            ? [{ type: 'DisruptionTarget', status: 'True' as const, reason: change.disruption }]
            : []),
          ...(change.unscheduled
            ? [{ type: 'PodScheduled', status: 'False' as const, message: change.unscheduled }]
            : []),
        ],
        containerStatuses: [
          {
            name: 'nginx',
            image: 'nginx:1',
            imageID: '',
            containerID: change.containerId ?? `containerd://${uid}`,
            ready: change.ready !== false,
            restartCount: change.restarts ?? 0,
            state: change.waiting
              ? { waiting: { reason: change.waiting, message: `because ${change.waiting}` } }
              : { running: {} },
          },
        ],
      },
    };
    const facts = podFacts(pod);
    this.pods.set(name, facts);
    if (facts.owner?.kind === 'ReplicaSet') this.loosePods.podSeen(facts, this.now);
    else this.histories.podSeen(facts, this, this.now);
    this.writes.podSeen(facts, this.histories.of(name), this.now);
    return this;
  }

  gone(name: string): this {
    const facts = this.pods.get(name);
    this.pods.delete(name);
    if (!facts) return this;
    this.histories.podGone(facts, this, this.now);
    this.writes.podGone(facts, this.now);
    const set = [...this.replicaSets.values()].find(({ uid }) => uid === facts.owner?.uid);
    const deployments = new Set([...this.deployments.values()].map(({ uid }) => uid));
    if (set) this.loosePods.podGone(facts, gatheredUnder(set, deployments), this.now);
    return this;
  }

  /** Five bytes from this pod, as it is now, to a path: on a claim where one is named. */
  write(pod: string, path: string, place: 'container' | 'pod' | { claim: string } = 'container'): this {
    const facts = this.pods.get(pod);
    const container = 'nginx';
    const onClaim = (claim: string) =>
      ({
        kind: 'claim',
        claimUid: this.claims.get(claim)?.uid ?? '',
        name: path.slice(path.lastIndexOf('/') + 1),
      }) as const;
    const write: FileWrite = {
      ...{ path, bytes: 5, at: this.now, pod, podUid: facts?.uid ?? '', container },
      containerId: facts?.containerIds[container] ?? '',
      place: typeof place === 'string' ? { kind: place } : onClaim(place.claim),
    };
    this.writes.written(write, this.histories.of(pod));
    return this;
  }

  claim(set: string, ordinal: number, phase: 'Bound' | 'Pending' = 'Bound'): this {
    const name = claimName('www', set, ordinal);
    const volumeName = phase === 'Bound' ? `pv-${name}` : undefined;
    const claim: PersistentVolumeClaim = {
      metadata: this.meta(name, `claim-${name}`),
      spec: { volumeName },
      status: { phase },
    };
    this.claims.set(name, claimFacts(claim));
    if (volumeName === undefined) return this;
    const volume: PersistentVolume = {
      metadata: this.meta(volumeName, volumeName),
      spec: { claimRef: { namespace: 'default', name }, hostPath: { path: '/data' } },
      status: { phase: 'Bound' },
    };
    this.volumes.set(volumeName, volumeFacts(volume));
    return this;
  }

  /** A claim that is Pending, 1Gi ReadWriteOnce without a class unless said otherwise. */
  pendingClaim(name: string, spec: Partial<PersistentVolumeClaim['spec']> = {}, uid = `claim-${name}`): this {
    const claim: PersistentVolumeClaim = {
      metadata: this.meta(name, uid),
      spec: {
        accessModes: ['ReadWriteOnce'],
        resources: { requests: { storage: '1Gi' } },
        storageClassName: '',
        ...spec,
      },
      status: { phase: 'Pending' },
    };
    this.claims.set(name, claimFacts(claim));
    return this;
  }

  /** A volume that is Available, 1Gi ReadWriteOnce without a class unless said otherwise. */
  volume(name: string, spec: Partial<PersistentVolume['spec']> = {}, more: VolumeChange = {}): this {
    const deletionTimestamp = more.deleting ? new Date(this.now).toISOString() : undefined;
    const volume: PersistentVolume = {
      metadata: { ...this.meta(name, `volume-${name}`), namespace: undefined, labels: more.labels, deletionTimestamp },
      spec: { accessModes: ['ReadWriteOnce'], capacity: { storage: '1Gi' }, hostPath: { path: '/data' }, ...spec },
      status: { phase: more.phase ?? 'Available' },
    };
    this.volumes.set(name, volumeFacts(volume));
    return this;
  }

  storageClass(name: string, rest: Partial<StorageClass> = {}, isDefault = false): this {
    const annotations: Record<string, string> = isDefault
      ? { 'storageclass.kubernetes.io/is-default-class': 'true' }
      : {};
    const metadata = { ...this.meta(name, `class-${name}`), annotations };
    this.storageClasses.set(name, classFacts({ metadata, provisioner: 'csi.example.com', ...rest }));
    return this;
  }

  event(kind: string, name: string, reason: string, message: string): this {
    const event: Event = {
      metadata: this.meta(`${name}.${this.revision}`, `event-${this.revision}`),
      involvedObject: { kind, name },
      reason,
      message,
      type: 'Warning',
      lastTimestamp: new Date(this.now).toISOString(),
    };
    const facts = eventFacts(event);
    this.events.set(facts.name, facts);
    return this;
  }

  later(seconds: number): this {
    this.now += seconds * 1000;
    return this;
  }
}

export interface VolumeChange {
  phase?: 'Pending' | 'Available' | 'Bound' | 'Released' | 'Failed';
  labels?: Record<string, string>;
  deleting?: boolean;
}

function ownerOfPod(name: string, { replicaSet }: PodChange) {
  if (replicaSet !== undefined)
    return { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: replicaSet, uid: `rs-${replicaSet}`, controller: true };
  const set = name.replace(/-\d+$/, '');
  return { apiVersion: 'apps/v1', kind: 'StatefulSet', name: set, uid: `set-${set}`, controller: true };
}

export interface PodChange {
  /** The ReplicaSet that controls it; without, its StatefulSet does. */
  replicaSet?: string;
  /** The claim it mounts; empty: none. Without, its own, as a StatefulSet's pod has it. */
  claim?: string;
  ready?: boolean;
  phase?: 'Pending' | 'Running' | 'Succeeded' | 'Failed';
  ip?: string;
  node?: string;
  waiting?: string;
  restarts?: number;
  deleting?: boolean;
  orphan?: boolean;
  revision?: string;
  unscheduled?: string;
  /** Another one: the container has started again. */
  containerId?: string;
  disruption?: string;
}
