import type { ManagedFields } from '../../../../lib/kubernetes/metadata';
import { isJsonObject, type JsonObject } from '../json';
import type { FieldSet } from './fieldSet';
import { fieldSetOf, sharedJson } from './sharedFields';

/** One manager's entry in managedFields, its fields readable. */
export interface Manager {
  manager: string;
  operation: 'Apply' | 'Update';
  apiVersion: string;
  subresource: string;
  time: string | undefined;
  fields: FieldSet;
}

export type ManagerIdentity = Pick<Manager, 'manager' | 'operation' | 'apiVersion' | 'subresource'>;

/** Who one is told by; an applier stays the same one when it applies another version. */
export function identityOf({ manager, operation, apiVersion, subresource }: ManagerIdentity): string {
  return JSON.stringify([manager, operation, operation === 'Apply' ? '' : apiVersion, subresource]);
}

export class Managers {
  private readonly held = new Map<string, Manager>();

  static parse(entries: readonly ManagedFields[] | undefined): Managers {
    const managers = new Managers();
    for (const entry of entries ?? []) {
      if (!entry.operation || !isJsonObject(entry.fieldsV1)) continue;
      managers.set({
        manager: entry.manager ?? '',
        operation: entry.operation,
        apiVersion: entry.apiVersion ?? '',
        subresource: entry.subresource ?? '',
        time: entry.time,
        fields: fieldSetOf(entry.fieldsV1),
      });
    }
    return managers;
  }

  get size(): number {
    return this.held.size;
  }

  get(identity: ManagerIdentity): Manager | undefined {
    return this.held.get(identityOf(identity));
  }

  all(): Manager[] {
    return [...this.held.values()];
  }

  /** Puts an entry in its place; one that owns nothing is dropped. */
  set(manager: Manager): void {
    if (manager.fields.isEmpty) this.held.delete(identityOf(manager));
    else this.held.set(identityOf(manager), manager);
  }

  toEntries(): ManagedFields[] {
    return entriesOf(this.all());
  }
}

/** As they are written: appliers first, then by time, then by name (managedfields/internal/managedfields.go). */
export function entriesOf(managers: readonly Manager[]): ManagedFields[] {
  return [...managers].sort(compareManagers).map(toEntry);
}

function compareManagers(a: Manager, b: Manager): number {
  return (
    compareText(a.operation, b.operation) ||
    compareText(a.time ?? '', b.time ?? '') ||
    compareText(a.manager, b.manager) ||
    compareText(a.apiVersion, b.apiVersion) ||
    compareText(a.subresource, b.subresource)
  );
}

function compareText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

/** The entry that was last written for these fields: whoever writes many objects in a second writes the same of all of them. */
const latest = new WeakMap<JsonObject, ManagedFields>();

function toEntry(manager: Manager): ManagedFields {
  const fieldsV1 = sharedJson(manager.fields);
  const before = latest.get(fieldsV1);
  if (before && isOf(before, manager)) return before;
  const entry = newEntry(manager, fieldsV1);
  latest.set(fieldsV1, entry);
  return entry;
}

function isOf(entry: ManagedFields, manager: Manager): boolean {
  return (
    entry.manager === manager.manager &&
    entry.operation === manager.operation &&
    entry.apiVersion === manager.apiVersion &&
    entry.time === manager.time &&
    (entry.subresource ?? '') === manager.subresource
  );
}

function newEntry({ manager, operation, apiVersion, time, subresource }: Manager, fieldsV1: JsonObject): ManagedFields {
  return Object.freeze({
    manager,
    operation,
    apiVersion,
    ...(time === undefined ? {} : { time }),
    fieldsType: 'FieldsV1',
    fieldsV1,
    ...(subresource === '' ? {} : { subresource }),
  });
}
