import type { JsonObject } from '../../parity/json';

/** What is done with a kind, in this order: the columns of the table of transcripts. */
export const verbs = [
  'explain',
  'auth can-i',
  'create',
  'get',
  'describe',
  'wait',
  'label',
  'annotate',
  'patch',
  'edit',
  'diff',
  'apply',
  'replace',
  'set',
  'scale',
  'rollout',
  'delete',
] as const;

export type Verb = (typeof verbs)[number];

/** A kind, and one object of it, called `one`, to which every verb is done. */
export interface Subject {
  /** As `kubectl api-resources` names it. */
  resource: string;
  /** Lists of it hold what others made. */
  clusterScoped?: true;
  object: JsonObject;
  /** The same, with what a user would change: what `apply` and `diff` are given. */
  changed?: JsonObject;
  /** What the server refuses to create. */
  invalid?: JsonObject;
  /** Merged into it by `patch`. */
  patch?: JsonObject;
  /** It is answered when it is created and never kept: what else is done is refused. */
  isQuestion?: true;
  /** Run first. */
  before?: readonly string[];
  /** Returns when the controllers are done with what was last asked: run after each verb that changes the object. */
  settle?: string;
  /** What the practice cluster is known not to print of what that verb's common commands do (docs/practice-cluster.md), filtered out. */
  filters?: Partial<Record<Verb, string>>;
  /** Commands of that verb after those that every kind has. */
  more?: Partial<Record<Verb, readonly string[]>>;
  /** Verbs of this kind alone. */
  also?: Record<string, readonly string[]>;
  /** Names that hold the hash of a pod template, which is another number on a real cluster. */
  hasTemplateHash?: true;
}

/** What can be done with a question. */
const asked: readonly Verb[] = ['explain', 'auth can-i', 'create', 'get', 'describe', 'patch', 'delete'];

/** Why a kind has no transcript of a verb; undefined where it has to have one. */
export function whyNotDone({ isQuestion }: Subject, verb: Verb): string | undefined {
  return isQuestion && !asked.includes(verb) ? 'it is answered when it is created, and nothing is kept' : undefined;
}

/** Kinds that are served and nothing is done with, and why. */
export const notPlayed: Record<string, string> = {
  componentstatuses: 'they tell how the programs of a control plane are, which are others on every cluster',
};
