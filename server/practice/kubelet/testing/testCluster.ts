import type { Pod, PodSpec } from '../../../../lib/kubernetes/pod';
import { podStatusText } from '../../../../lib/kubernetes/podStatus';
import { ManualClock } from '../../clock';
import { createInformers, type Informers } from '../../controllers/runtime/informer';
import { FakeApi } from '../../controllers/testing/fakeApi';
import { seededIds } from '../../ids';
import { startScheduler } from '../../scheduler/startScheduler';
import { startKubelets, type Kubelets } from '../startKubelets';
import { FakeRuntime } from './fakeRuntime';
import { FakeVolumes } from './fakeVolumes';

export interface TestClusterOptions {
  nodes?: number;
  scheduler?: boolean;
  before?(api: FakeApi): void;
}

/** API, scheduler and kubelets around a fake runtime, stepped by hand. */
export class TestCluster {
  readonly clock: ManualClock;
  readonly ids = seededIds(7);
  readonly api: FakeApi;
  readonly runtime: FakeRuntime;
  readonly volumes = new FakeVolumes();
  readonly informers: Informers;
  readonly kubelets: Kubelets;
  /** `web-0 0/1 Pending`: each watch event of a pod as `kubectl get pods -w` would print it, deletions too. */
  readonly rows: string[] = [];
  readonly tokens: string[] = [];

  constructor({ nodes = 1, scheduler = true, before }: TestClusterOptions = {}, earlier?: TestCluster) {
    this.clock = earlier?.clock ?? new ManualClock();
    this.api = earlier?.api ?? new FakeApi(this);
    this.runtime = new FakeRuntime(this.clock, this.ids);
    before?.(this.api);
    this.informers = createInformers(this.api);
    if (scheduler) startScheduler({ ...this, client: this.api });
    this.kubelets = startKubelets({
      client: this.api,
      informers: this.informers,
      clock: this.clock,
      ids: this.ids,
      pace: { delay: (ms) => ms },
      runtime: this.runtime,
      volumes: this.volumes,
      nodes,
      mintToken: (namespace, account, audience, seconds) => {
        this.tokens.push(`${namespace}/${account} ${audience ?? ''} ${seconds}`);
        return `token-${this.tokens.length}`;
      },
      clusterDns: '10.96.0.10',
      clusterDomain: 'cluster.local',
    });
    const print = (pod: Pod) => {
      const { readyContainers, totalContainers, status } = podStatusText(pod);
      this.rows.push(`${pod.metadata.name} ${readyContainers}/${totalContainers} ${status}`);
    };
    this.informers.for('pods').on({ added: print, modified: print, deleted: print });
  }

  /** The node goes down without a word, and comes up again with the same API. */
  reboot(): TestCluster {
    this.kubelets.stop();
    this.informers.stop();
    return new TestCluster({ scheduler: false }, this);
  }

  async run(spec: Partial<PodSpec> = {}, name = 'web-0'): Promise<Pod> {
    return this.api.create('pods', podNamed(name, spec), 'default');
  }

  pod(name = 'web-0'): Pod {
    const pod = this.api.peek('pods', name, 'default');
    if (!pod) throw new Error(`no pod ${name}`);
    return pod;
  }

  /** `Normal Killing Stopping container nginx`, oldest first; a repeated one once. */
  events(name = 'web-0'): string[] {
    return this.api
      .all('events')
      .filter((event) => event.involvedObject.name === name)
      .sort((a, b) => Number(a.metadata.resourceVersion) - Number(b.metadata.resourceVersion))
      .map((event) => `${event.type} ${event.reason} ${event.message}`);
  }

  advance(ms: number): Promise<void> {
    return this.clock.advance(ms);
  }

  container(name = 'nginx') {
    const found = this.runtime.running(name)[0];
    if (!found) throw new Error(`no running container ${name}`);
    return found;
  }
}

export function podNamed(name: string, spec: Partial<PodSpec> = {}): Pod {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'default' },
    spec: {
      restartPolicy: 'Always',
      terminationGracePeriodSeconds: 30,
      ...spec,
      containers: spec.containers ?? [{ name: 'nginx', image: 'nginx', imagePullPolicy: 'IfNotPresent' }],
    },
    status: { phase: 'Pending', qosClass: 'BestEffort' },
  };
}
