import type { KubernetesObject } from '../../../../lib/kubernetes/metadata';
import type { Clock } from '../../clock';
import type { Ids } from '../../ids';
import type { FieldError } from '../fieldError';

/**
 * A kind is one file of facts; everything else (REST, watch, patches, tables, discovery, OpenAPI) is shared machinery
 * that reads them. What a kind leaves out takes the default of most kinds.
 */
export interface Kind<T extends KubernetesObject = KubernetesObject> {
  group: string;
  version: string;
  kind: string;
  /** `statefulsets`: the path segment, and the storage prefix. */
  plural: string;
  singular: string;
  shortNames?: string[];
  categories?: string[];
  namespaced: boolean;
  /** The message of Kubernetes' own protobuf files: `k8s.io.api.apps.v1.StatefulSet`. Names its schema too. */
  message: string;
  /** Defaults to every verb. */
  verbs?: Verb[];
  /** The objects are another kind's of the same plural, shown in another form. */
  view?: View<T>;
  /** Objects that nobody stored, made anew whenever they are asked for: of a kind that can only be got and listed. */
  computed?(): T[];
  /** Columns of the server-side table, then one row's cells in that order. Names and Age are written here too. */
  columns: Column[];
  row(object: T, at: { now: number }): (string | number | boolean | null)[];
  /** Conditions of the row: that the object is done with (pods, jobs), which clients may grey out or hide. */
  rowConditions?(object: T): RowCondition[];
  /** Fills in what the user left out (SetDefaults_* of upstream). Mutates the draft. */
  defaults?(draft: T): void;
  /** Before validation of a create: clears what clients may not set (status, …), allocates. Mutates the draft. */
  prepareCreate?(draft: T, context: KindContext): void | Promise<void>;
  /** Before validation of an update of the object itself: keeps status, bumps generation. Mutates the draft. */
  prepareUpdate?(draft: T, old: T, context: KindContext): void;
  /** What the server itself writes at an update, once it is known who owns what: who asked for the update does not own it. */
  finishUpdate?(draft: T, old: T): void;
  /** Before validation of an update of `/status`: keeps everything but status. Default: spec and labels kept. */
  prepareStatus?(draft: T, old: T, context: KindContext): void;
  /**
   * Gives back what was allocated for the object: after it left the storage for good or never came to be. With `kept`,
   * only what `kept` does not hold too: after an update (the old object, keeping the new one's) and after a refused or
   * dry-run update (the draft, keeping the old one's).
   */
  released?(object: T, context: KindContext, kept?: T): void;
  validateName?(name: string): string[];
  validate?(object: T): FieldError[];
  validateUpdate?(object: T, old: T): FieldError[];
  validateStatus?(object: T, old: T): FieldError[];
  /** kubectl prints each as `Warning: …`. */
  warnings?(object: T, old?: T): string[];
  /** A warning on every request for this kind: its API is on the way out. */
  deprecated?: string;
  /** Beyond metadata.name and metadata.namespace. Values are strings as upstream's field sets give them. */
  fieldSelectors?: Record<string, FieldReader<T>>;
  subresources?: { status?: boolean; scale?: ScaleFacts<T>; parts?: Record<string, Part<T>> };
  /** Deleting waits for a kubelet (pods): the seconds to grant, 0 for at once. Undefined: deleted at once. */
  gracePeriod?(object: T, asked: number | undefined): number;
  /** Deleting leaves the dependents, unless the request says otherwise: what v1 kept for compatibility. */
  orphansByDefault?: boolean;
  /** An update without a resourceVersion is refused with `must be specified for an update`. */
  requiresResourceVersion?: boolean;
  /** PUT of a name that is not there creates it. */
  createOnUpdate?: boolean;
}

export interface View<T extends KubernetesObject = KubernetesObject> {
  /** Who stores them. */
  of: { group: string; version: string; kind: string };
  shown(stored: KubernetesObject): T;
  stored(shown: KubernetesObject): KubernetesObject;
}

export interface RowCondition {
  type: 'Completed';
  status: 'True';
  reason: string;
  message: string;
}

/** Written as a method so that a kind of pods may stand in a list of kinds. */
export type FieldReader<T> = { read(object: T): string }['read'];

export type Verb = 'create' | 'delete' | 'deletecollection' | 'get' | 'list' | 'patch' | 'update' | 'watch';

export const everyVerb: readonly Verb[] = [
  'create',
  'delete',
  'deletecollection',
  'get',
  'list',
  'patch',
  'update',
  'watch',
];

export interface Column {
  name: string;
  type?: 'string' | 'integer' | 'boolean' | 'date';
  format?: '' | 'name';
  description?: string;
  /** Where the description stands in the schema, when it is not given. */
  describedBy?: { message: string; field: string };
  /** 1: only with `-o wide`. */
  priority?: 0 | 1;
}

/** A subresource through which only a part of the object is written, by rules of its own. */
export interface Part<T> {
  /** Takes from the draft only what belongs to the part. Mutates the draft. */
  prepare(draft: T, old: T): void;
  validate(object: T, old: T): FieldError[];
}

export interface ScaleFacts<T> {
  replicas(object: T): number;
  statusReplicas(object: T): number;
  /** The selector as a string. */
  selector(object: T): string;
  /** A changed copy of the object with this many replicas. */
  withReplicas(object: T, replicas: number): T;
}

/** What a kind may ask of its surroundings while an object is prepared. */
export interface KindContext {
  clock: Clock;
  ids: Ids;
  user: { name: string; groups: string[] };
  /** Reads of other objects, for admission (default class, service accounts, namespaces). */
  find<O extends KubernetesObject>(plural: string, name: string, namespace?: string): O | undefined;
  findAll<O extends KubernetesObject>(plural: string, namespace?: string): O[];
  /** The address ranges of Services. `taken` rejects an address asked for by name. */
  addresses: {
    allocate(): string;
    take(ip: string): boolean;
    release(ip: string): void;
    contains(ip: string): boolean;
  };
  nodePorts: { allocate(): number; take(port: number): boolean; release(port: number): void };
}
