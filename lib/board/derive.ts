import { claimName } from '../kubernetes/statefulSet';
import { otherClaims } from './claims';
import { usersOf } from './claimUse';
import { comparisonsOf } from './comparison';
import { deploymentsOf, deploymentView, type OwnedPods } from './deployments';
import { dnsView } from './dnsNames';
import type { PodFacts, SetFacts } from './facts/facts';
import { listed, present } from './facts/identity';
import type { Board, DeploymentView, EventView, PodView, StatefulSetView, StorageClassView, VolumeView } from './model';
import { reuse } from './reuse';
import { serviceViews } from './services';
import { setView } from './slots';
import type { NamespaceSnapshot } from './snapshot';
import { defaultClassOf, unboundInputs } from './unbound';

const mostEvents = 100;

/** The board of one namespace at one moment. Pure; `BoardDeriver` gives the same at less cost from moment to moment. */
export function deriveBoard(snapshot: NamespaceSnapshot): Board {
  return new BoardDeriver().derive(snapshot);
}

/** Derives board after board of one namespace, working out anew only the sets that something of theirs changed for. */
export class BoardDeriver {
  private readonly sets = new Remembered<StatefulSetView>();
  private readonly deployments = new Remembered<DeploymentView>();
  private board: Board | undefined;

  derive(snapshot: NamespaceSnapshot): Board {
    const owned = podsByOwner(snapshot);
    const sets = [...snapshot.sets.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
    const views = this.sets.all(
      sets.map((set) => {
        const pods = owned.get(set.uid) ?? [];
        return { uid: set.uid, inputs: inputsOf(set, pods, snapshot), make: () => setView(set, pods, snapshot) };
      }),
    );
    const deployments = deploymentsOf(snapshot, owned);
    const taken = new Set(
      views.flatMap((view) => view.slots.flatMap((slot) => slot.claims.map((claim) => claim.name))),
    );
    const { namespace } = snapshot;
    const services = serviceViews(snapshot);
    const loose = this.deployments.all(
      deployments.map((group) => ({
        uid: group.owner.uid,
        inputs: group.inputs,
        make: () => deploymentView(group, snapshot),
      })),
    );
    const board: Board = present({
      namespace: snapshot.name,
      exists: namespace !== undefined,
      terminating: namespace !== undefined && namespace !== 'hidden' && namespace.terminating,
      sets: views,
      deployments: loose,
      services,
      volumes: volumesOf(snapshot),
      storageClasses: classesOf(snapshot),
      hidden: [...snapshot.hidden],
      otherClaims: otherClaims(snapshot, taken),
      otherPods: otherPods(snapshot, [
        ...sets.flatMap((set) => owned.get(set.uid) ?? []),
        ...deployments.flatMap((group) => group.pods),
      ]),
      comparisons: listed(comparisonsOf(views, loose, services)),
      events: newestEvents(snapshot),
      dns: dnsView(snapshot),
    });
    this.board = reuse(this.board, board);
    return this.board;
  }
}

interface Part<View> {
  uid: string;
  /** Everything that `make` reads, as objects that are replaced when they change. */
  inputs: readonly unknown[];
  make(): View;
}

/** The parts of the board before, each made anew only when one of its inputs is another. */
class Remembered<View> {
  private parts = new Map<string, { inputs: readonly unknown[]; view: View }>();

  all(parts: readonly Part<View>[]): View[] {
    const before = this.parts;
    this.parts = new Map();
    return parts.map(({ uid, inputs, make }) => {
      const known = before.get(uid);
      const view = known && isSameList(known.inputs, inputs) ? known.view : reuse(known?.view, make());
      this.parts.set(uid, { inputs, view });
      return view;
    });
  }
}

/** Everything `setView` reads, as objects that are replaced when they change. */
function inputsOf(set: SetFacts, pods: readonly PodFacts[], snapshot: NamespaceSnapshot): unknown[] {
  const service = snapshot.services.get(set.view.serviceName);
  const inputs: unknown[] = [set, service, snapshot.dns.problem, snapshot.writes.revision, ...pods];
  for (const revision of snapshot.revisions.values()) if (revision.owner === set.uid) inputs.push(revision);
  const prefixes = set.claimTemplates.map((template) => claimName(template, set.name, 0).slice(0, -1));
  const claimNames = new Set<string>();
  for (const claim of snapshot.claims.values()) {
    if (!prefixes.some((prefix) => claim.name.startsWith(prefix))) continue;
    claimNames.add(`PersistentVolumeClaim/${claim.name}`);
    inputs.push(claim, snapshot.volumes.get(claim.view.volumeName), ...usersOf(claim.name, snapshot));
    if (claim.view.phase === 'Pending') inputs.push(...unboundInputs(claim, snapshot));
  }
  // Only these are told of in the words of their events; those of a ready pod are no reason to work out its set anew.
  const troubled = new Set(pods.filter(({ view }) => !view.ready).map((pod) => `Pod/${pod.name}`));
  for (const event of snapshot.events.values()) {
    const { object } = event.view;
    if (object === `StatefulSet/${set.name}` || claimNames.has(object) || troubled.has(object)) inputs.push(event);
  }
  // A slot's history changes only together with its pod, so the pods stand for it here.
  for (const pod of pods) inputs.push(snapshot.histories.of(pod.name));
  for (const [name, answer] of snapshot.dns.answers) if (name.startsWith(`${set.name}-`)) inputs.push(answer);
  for (const slice of snapshot.slices.values()) if (slice.service === set.view.serviceName) inputs.push(slice);
  return inputs;
}

function isSameList(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((value, index) => value === b[index]);
}

function podsByOwner(snapshot: NamespaceSnapshot): OwnedPods {
  const byOwner = new Map<string, PodFacts[]>();
  for (const pod of snapshot.pods.values()) {
    if (pod.owner?.kind !== 'StatefulSet' && pod.owner?.kind !== 'ReplicaSet') continue;
    const list = byOwner.get(pod.owner.uid);
    if (list) list.push(pod);
    else byOwner.set(pod.owner.uid, [pod]);
  }
  return byOwner;
}

/** A pod whose set is gone, as after `--cascade=orphan`, is an orphan and shown among the others. */
function otherPods(snapshot: NamespaceSnapshot, owned: readonly PodFacts[]): PodView[] {
  const placed = new Set(owned);
  return [...snapshot.pods.values()]
    .filter((pod) => !placed.has(pod))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map((pod) => pod.view);
}

function volumesOf(snapshot: NamespaceSnapshot): VolumeView[] {
  return [...snapshot.volumes.values()]
    .filter((volume) => volume.claimNamespace === snapshot.name || volume.view.claim === '')
    .map((volume) => volume.view)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Of several that say so, one is the default: the others are shown as what they are, classes like any. */
function classesOf(snapshot: NamespaceSnapshot): StorageClassView[] {
  const byDefault = defaultClassOf(snapshot.storageClasses.values());
  return [...snapshot.storageClasses.values()]
    .map((storageClass) =>
      storageClass === byDefault || !storageClass.view.isDefault
        ? storageClass.view
        : { ...storageClass.view, isDefault: false },
    )
    .sort((a, b) => Number(b.isDefault) - Number(a.isDefault) || (a.name < b.name ? -1 : 1));
}

function newestEvents(snapshot: NamespaceSnapshot): EventView[] {
  return [...snapshot.events.values()]
    .map((event) => event.view)
    .sort((a, b) => b.lastAt - a.lastAt || (a.uid < b.uid ? -1 : 1))
    .slice(0, mostEvents);
}
