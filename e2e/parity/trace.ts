import type { Event } from '../../lib/kubernetes/cluster';
import type { Pod } from '../../lib/kubernetes/pod';
import { isPodReady, isTerminating } from '../../lib/kubernetes/pod';
import type { ResourceName } from '../../lib/kubernetes/resources';
import { difference } from './difference';
import type { Json, JsonObject } from './json';
import { normalise, type Names } from './normalise';
import { inOrder, type Observed } from './watch';

/**
 * What a scenario looked like from outside, with only what must differ replaced. Compared is what is promised: all changes of one
 * object in their order, and between objects the order of those resources of which the scenario says that it is fixed.
 */
export interface Trace {
  /** What the API answered to the scenario's own requests, where it asked for that. */
  answers: Record<string, Json>;
  /** What happened to pods and claims of the ordered resources, in one line each. */
  order: string[];
  /**
   * Each object as it appeared, then what changed, field by field. A second object of the same name has a number. Of several objects of a
   * resource only the first is written out; of the others, in what they differ from it.
   */
  objects: Record<string, JsonObject[]>;
  /**
   * Of objects that a controller keeps an account in: how they appeared, and then each field by itself with all the values it took, because two
   * changes of different fields may be told as one.
   */
  values: Record<string, Record<string, Json[]>>;
  /** Objects whose steps on the way depend on how busy a controller is, as they were in the end. */
  finally: Record<string, Json>;
  /** By subject and reporter, in the order in which they were first told, where an order is promised at all. */
  events: Record<string, string[]>;
}

export interface Seen {
  namespace: string;
  observed: readonly Observed[];
  answers: Readonly<Record<string, Json>>;
  /** Resources whose every change is compared. */
  follow: readonly ResourceName[];
  values: readonly ResourceName[];
  finally: readonly ResourceName[];
  /** Resources between whose objects the order is promised. */
  ordered: readonly ResourceName[];
}

export function traceOf({ namespace, observed, answers, follow, values, finally: kept, ordered }: Seen): Trace {
  const changes = keyed(inOrder(observed.filter(({ resource }) => resource !== 'events')));
  const names = namesOf(namespace, changes);
  const plain = (value: unknown) => normalise(value as Json, names);
  const objects: Trace['objects'] = {};
  const took: Trace['values'] = {};
  const last = new Map<string, Json>();
  for (const { key, change } of changes) {
    const now = plain(change.object);
    if (values.includes(change.resource)) note((took[String(plain(key))] ??= {}), last.get(key), now);
    if (follow.includes(change.resource)) {
      (objects[String(plain(key))] ??= []).push(step(change.type, last.get(key), now));
    }
    if (change.type === 'DELETED') last.delete(key);
    else last.set(key, now);
  }
  const atLast = [...kept, ...values];
  const remaining = changes.filter(({ key, change }) => last.has(key) && atLast.includes(change.resource));
  return {
    answers: mapped(answers, plain),
    order: milestones(changes.filter(({ change }) => ordered.includes(change.resource))).map((line) =>
      String(plain(line)),
    ),
    objects: likeTheFirst(sorted(objects)),
    values: sorted(took),
    finally: sorted(Object.fromEntries(remaining.map(({ key }) => [String(plain(key)), last.get(key) ?? null]))),
    events: mapped(sorted(eventsOf(observed, plain)), (lines) => (ordered.length > 0 ? lines : [...lines].sort())),
  };
}

/** Who manages the fields is told by the last state: on the way it follows from which changes were told as one. */
function note(took: Record<string, Json[]>, before: Json | undefined, now: Json): void {
  if (before === undefined) return;
  for (const [path, value] of Object.entries(difference(before, now)))
    if (!path.startsWith('metadata.managedFields')) (took[path] ??= []).push(value);
}

function likeTheFirst(objects: Trace['objects']): Trace['objects'] {
  const firsts = new Map<string, { key: string; added: Json }>();
  return Object.fromEntries(
    Object.entries(objects).map(([key, [added, ...changes]]) => {
      const resource = key.split('/')[0] ?? '';
      const first = firsts.get(resource);
      if (first && added)
        return [key, [{ [`ADDED like ${first.key}`]: difference(first.added, added.ADDED) }, ...changes]];
      if (added) firsts.set(resource, { key, added: added.ADDED ?? null });
      return [key, added ? [added, ...changes] : changes];
    }),
  );
}

interface Keyed {
  /** `pods/web-0`, and `pods/web-0 (2)` for the next one of that name. */
  key: string;
  change: Observed;
}

function keyed(observed: readonly Observed[]): Keyed[] {
  const lives = new Map<string, string[]>();
  return observed.map((change) => {
    const { name = '', uid = '' } = change.object.metadata;
    const plain = `${change.resource}/${name}`;
    const uids = lives.get(plain) ?? [];
    if (!uids.includes(uid)) lives.set(plain, [...uids, uid]);
    const life = (lives.get(plain) ?? []).indexOf(uid) + 1;
    return { key: life > 1 ? `${plain} (${life})` : plain, change };
  });
}

function namesOf(namespace: string, changes: readonly Keyed[]): Names {
  const known = new Map<string, string>([[namespace, '<namespace>']]);
  for (const { key, change } of changes) {
    const { uid, name, generateName } = change.object.metadata;
    if (generateName && name?.startsWith(generateName) && isGenerated(name) && !known.has(name)) {
      const nth = [...known.values()].filter((other) => other.startsWith(generateName)).length + 1;
      known.set(name, `${generateName}<suffix-${nth}>`);
    }
    if (uid) known.set(uid, `<uid of ${key}>`);
  }
  // A key may itself hold a name that was generated.
  for (const [real, name] of known) if (name.startsWith('<uid of ')) known.set(real, withNames(name, known));
  return { known };
}

/** A StatefulSet's pods say that they have a generateName, but their names end in an ordinal. */
function isGenerated(name: string): boolean {
  return /-[bcdfghjklmnpqrstvwxz2456789]{5}$/.test(name);
}

function withNames(text: string, known: ReadonlyMap<string, string>): string {
  return [...known].reduce(
    (done, [real, name]) => (name.startsWith('<uid') ? done : done.replaceAll(real, name)),
    text,
  );
}

function step(type: Observed['type'], before: Json | undefined, now: Json): JsonObject {
  if (before === undefined) return { [type]: now };
  return { [type]: difference(before, now) };
}

/** A life in words: created, Ready and no longer, being deleted, gone. */
function milestones(changes: readonly Keyed[]): string[] {
  const states = new Map<string, string[]>();
  return changes.flatMap(({ key, change }) => {
    const before = states.get(key) ?? [];
    const now = change.type === 'DELETED' ? ['gone'] : stateOf(change);
    states.set(key, now);
    const said = now.filter((word) => !before.includes(word));
    const lost = before.includes('ready') && !now.includes('ready') && now[0] !== 'gone' ? ['no longer ready'] : [];
    return [...said, ...lost].map((word) => `${key} ${word}`);
  });
}

function stateOf({ resource, object }: Observed): string[] {
  return [
    'created',
    ...(resource === 'pods' && isPodReady(object as unknown as Pod) ? ['ready'] : []),
    ...(isTerminating(object) ? ['being deleted'] : []),
  ];
}

function eventsOf(observed: readonly Observed[], plain: (value: unknown) => Json): Trace['events'] {
  const told = observed.filter(({ resource, type }) => resource === 'events' && type === 'ADDED');
  const subjects: Trace['events'] = {};
  for (const { object } of told) {
    const event = object as unknown as Event;
    const { involvedObject: about, type, reason, message } = event;
    const reporter = event.source?.component || event.reportingComponent;
    const key = String(plain(`${about.kind}/${about.name} by ${reporter}`));
    const lines = (subjects[key] ??= []);
    const line = String(plain(`${type} ${reason}: ${message}`));
    if (!lines.includes(line)) lines.push(line);
  }
  return subjects;
}

function sorted<T>(record: Record<string, T>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function mapped<A, B>(record: Readonly<Record<string, A>>, change: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}
