import {
  resourcePath,
  resources,
  apiVersionOf,
  type ObjectOf,
  type ResourceName,
} from '../../lib/kubernetes/resources';
import { patchTypes, type Answer, type Api, type Stream } from './api';
import type { Exchange } from './dns/exchange';
import { ask, type DnsType, type Reply, type Wording } from './dns/reply';
import type { ApiObject, Json, JsonObject } from './json';
import type { KubeletStep, ServedNode } from './servedNode';
import { traceOf, type Trace } from './trace';
import { watchResource, type Observed } from './watch';

/** One course of events, the same on any cluster. */
export interface Scenario {
  /** Names its recording: `ordered-start-and-stop`. */
  name: string;
  /** Resources whose every change is compared. */
  follow?: readonly ResourceName[];
  /** Resources of which it is compared which values each field took. */
  values?: readonly ResourceName[];
  /** Resources compared as they are in the end, because how many steps they take depends on how busy their controller is. */
  finally?: readonly ResourceName[];
  /** Resources between whose objects the order is promised. */
  ordered?: readonly ResourceName[];
  /** Resources that are only waited for. */
  await?: readonly ResourceName[];
  play(trial: Trial): Promise<void>;
}

/** What a scenario has: a namespace of its own, a node it serves, and all that happens in them. */
export interface Trial {
  api: Api;
  namespace: string;
  /** Pods of the namespace on the served node, by name. */
  node: { hold(pod: string, step: KubeletStep): void; letGo(pod: string): void };
  create<R extends ResourceName>(resource: R, object: unknown): Promise<ObjectOf[R]>;
  patch(
    resource: ResourceName,
    name: string,
    patch: unknown,
    subresource?: string,
    type?: PatchType,
  ): Promise<JsonObject>;
  remove(resource: ResourceName, name: string, options?: DeleteOptions): Promise<void>;
  /** A request whose answer belongs to the trace, under that title. */
  answer(title: string, method: string, path: string, body?: unknown, type?: PatchType): Promise<Answer>;
  /** Asks the cluster's DNS server. Addresses are told by whose they are, of objects that the scenario looks at. */
  resolve(name: string, type: DnsType): Promise<Reply>;
  /** Puts something that the scenario found out into the trace, under that title. */
  keep(title: string, value: Json): void;
  path(resource: ResourceName, name?: string, subresource?: string): string;
  /** Resolves with the object once it is so; at once when it was seen to be so already. */
  until<R extends ResourceName>(
    resource: R,
    name: string,
    isSo: (object: ObjectOf[R]) => boolean,
  ): Promise<ObjectOf[R]>;
  gone(resource: ResourceName, name: string): Promise<void>;
  event(about: string, reason: string): Promise<void>;
  /** Resolves when nothing has happened for a while: what should wait has been given the time not to. */
  quiet(): Promise<void>;
}

export type PatchType = keyof typeof patchTypes;

export interface DeleteOptions {
  propagationPolicy?: 'Orphan' | 'Background' | 'Foreground';
  gracePeriodSeconds?: number;
}

/** How long a cluster must be silent to be taken for done. Its controllers react within milliseconds. */
const silenceMs = 700;

const patienceMs = 60_000;

/** What of a cluster the scenarios need. */
export interface TestedCluster {
  api: Api;
  node: ServedNode;
  dns: Exchange;
}

/** Plays the scenario in a namespace of its own, which is deleted in the end. Rejects when the scenario cannot go on. */
export async function play(scenario: Scenario, { api, node, dns }: TestedCluster): Promise<Trace> {
  const namespace = await newNamespace(api);
  const stage = new Stage(api, namespace);
  const { follow = [], values = [], finally: last = [], ordered = [], await: others = [] } = scenario;
  try {
    const watched = new Set<ResourceName>([...follow, ...values, ...last, ...ordered, ...others, 'events']);
    for (const resource of watched) await stage.watch(resource);
    await scenario.play(trialOn(stage, node, dns));
    await stage.quiet();
  } finally {
    stage.stop();
    for (const path of stage.ofTheCluster) await api.ask('DELETE', path);
    await api.ask('DELETE', resourcePath('namespaces', undefined, namespace));
  }
  const { observed, answers } = stage;
  return traceOf({ namespace, observed, answers, follow, values, finally: last, ordered });
}

async function newNamespace(api: Api): Promise<string> {
  const { metadata } = await api.must('POST', resourcePath('namespaces'), {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { generateName: 'parity-' },
  });
  const namespace = String((metadata as JsonObject).name);
  // Pods are refused until the account they run as is there.
  const account = resourcePath('serviceaccounts', namespace, 'default');
  while ((await api.ask('GET', account)).status !== 200);
  return namespace;
}

/** Everything seen in a namespace, and who waits for more of it. */
class Stage {
  readonly observed: Observed[] = [];
  readonly answers: Record<string, Json> = {};
  /** Paths of what was made outside the namespace, and does not go with it. */
  readonly ofTheCluster: string[] = [];
  private readonly questions = new Set<string>();
  private readonly waiting = new Set<() => void>();
  private readonly streams: Stream[] = [];
  private readonly watched = new Set<ResourceName>();
  private readonly written = new Map<string, number>();
  private lastSeen = performance.now();

  constructor(
    readonly api: Api,
    readonly namespace: string,
  ) {}

  async watch(resource: ResourceName): Promise<void> {
    this.watched.add(resource);
    const { namespaced } = resources[resource];
    const see = (change: Observed) => {
      if (!namespaced && !this.isOurs(change.object)) return;
      this.observed.push(change);
      this.lastSeen = performance.now();
      for (const check of [...this.waiting]) check();
    };
    this.streams.push(await watchResource(this.api, resource, namespaced ? { namespace: this.namespace } : {}, see));
  }

  /** Cluster-scoped objects are this scenario's when they name its namespace. */
  private isOurs(object: ApiObject): boolean {
    return JSON.stringify(object).includes(this.namespace);
  }

  /** How a DNS server's answer is told. One that was asked before says how long it will still remember what it said. */
  wordingOf(question: string): Wording {
    const isKept = this.questions.has(question);
    this.questions.add(question);
    return { ttl: (seconds) => (isKept ? '<time left>' : String(seconds)), address: (ip) => this.ownerOf(ip) ?? ip };
  }

  private ownerOf(address: string): string | undefined {
    const owner = this.observed.findLast(({ object }) => {
      const { spec, status } = object as { spec?: { clusterIP?: string }; status?: { podIP?: string } };
      return spec?.clusterIP === address || status?.podIP === address;
    });
    return owner && `<ip of ${owner.resource}/${owner.object.metadata.name}>`;
  }

  latest(resource: ResourceName, name: string): Observed | undefined {
    if (!this.watched.has(resource)) throw new Error(`the scenario does not say that it looks at ${resource}`);
    const latest = this.observed.findLast((o) => o.resource === resource && o.object.metadata.name === name);
    const written = this.written.get(`${resource}/${name}`) ?? 0;
    return latest && Number(latest.object.metadata.resourceVersion) >= written ? latest : undefined;
  }

  /** What the scenario wrote itself: what was seen before that is of the past. */
  wrote(resource: ResourceName, { metadata }: JsonObject): void {
    const { name, resourceVersion } = metadata as JsonObject;
    this.written.set(`${resource}/${name}`, Number(resourceVersion));
  }

  /** Rejects after a time in which any cluster would have got there. */
  until<T>(what: string, find: () => T | undefined): Promise<T> {
    return new Promise((done, failed) => {
      const patience = setTimeout(() => failed(new Error(`${what}: not within ${patienceMs / 1000} s`)), patienceMs);
      const check = () => {
        const found = find();
        if (found === undefined) return;
        this.waiting.delete(check);
        clearTimeout(patience);
        done(found);
      };
      this.waiting.add(check);
      check();
    });
  }

  async quiet(): Promise<void> {
    const from = performance.now();
    for (;;) {
      const left = Math.max(from, this.lastSeen) + silenceMs - performance.now();
      if (left <= 0) return;
      await new Promise((done) => setTimeout(done, left));
    }
  }

  stop(): void {
    for (const stream of this.streams) stream.stop();
  }
}

function trialOn(stage: Stage, node: ServedNode, dns: Exchange): Trial {
  const { api, namespace } = stage;
  const path: Trial['path'] = (resource, name, subresource) => resourcePath(resource, namespace, name, subresource);
  const typed = (type: PatchType | undefined): Record<string, string> =>
    type ? { 'Content-Type': patchTypes[type] } : {};
  return {
    api,
    namespace,
    path,
    node: {
      hold: (pod, step) => node.hold(namespace, pod, step),
      letGo: (pod) => node.letGo(namespace, pod),
    },
    create: async (resource, object) => {
      const { kind } = resources[resource];
      const whole = { apiVersion: apiVersionOf(resources[resource]), kind, ...(object as object) };
      const made = await api.must('POST', path(resource), whole);
      stage.wrote(resource, made);
      const { name } = made.metadata as JsonObject;
      if (!resources[resource].namespaced) stage.ofTheCluster.push(path(resource, String(name)));
      return made as never;
    },
    patch: async (resource, name, patch, subresource, type) => {
      const changed = await api.must('PATCH', path(resource, name, subresource), patch, typed(type));
      stage.wrote(resource, changed);
      return changed;
    },
    remove: async (resource, name, options) => void (await api.must('DELETE', path(resource, name), options)),
    resolve: (name, type) => ask(dns, name, type, stage.wordingOf(`${type} ${name}`.toLowerCase())),
    keep: (title, value) => void (stage.answers[title] = value),
    answer: async (title, method, at, body, type) => {
      const answer = await api.ask(method, at, body, typed(type));
      stage.answers[title] = { status: answer.status, body: answer.body };
      return answer;
    },
    until: <R extends ResourceName>(resource: R, name: string, isSo: (object: ObjectOf[R]) => boolean) =>
      stage.until(`${resource}/${name}: ${isSo}`, () => {
        const latest = stage.latest(resource, name);
        const object = latest?.object as unknown as ObjectOf[R];
        return latest && latest.type !== 'DELETED' && isSo(object) ? object : undefined;
      }),
    gone: (resource, name) =>
      stage
        .until(`${resource}/${name} gone`, () => stage.latest(resource, name)?.type === 'DELETED' || undefined)
        .then(() => {}),
    event: (about, reason) =>
      stage
        .until(`event ${reason} about ${about}`, () =>
          stage.observed.find(({ resource, object }) => {
            const { involvedObject: of, reason: given } = object as {
              involvedObject?: { name?: string };
              reason?: string;
            };
            return resource === 'events' && of?.name === about && given === reason;
          }),
        )
        .then(() => {}),
    quiet: () => stage.quiet(),
  };
}
