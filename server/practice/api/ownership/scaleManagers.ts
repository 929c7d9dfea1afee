import type { ManagedFields } from '../../../../lib/kubernetes/metadata';
import { apiVersionOf } from '../registry';
import { FieldSet } from './fieldSet';
import { entriesOf, identityOf, Managers, type Manager } from './managers';
import type { Tracked } from './track';

/**
 * Who owns the replicas of an object, told of its Scale and back (apimachinery util/managedfields/scalehandler.go). All kinds that have a
 * Scale keep their number in the same place.
 */
const replicas = new FieldSet();
replicas.insert(['f:spec', 'f:replicas']);

/** The managers of the Scale: those of the object that own its replicas, as if they had written to the Scale. */
export function scaleManagers(kind: Tracked, scale: Tracked, entries: readonly ManagedFields[] = []): ManagedFields[] {
  const owners = Managers.parse(entries)
    .all()
    .filter((manager) => manager.apiVersion === apiVersionOf(kind) && hasReplicas(manager));
  return entriesOf(owners.map((owner) => ({ ...owner, apiVersion: apiVersionOf(scale), fields: replicas })));
}

/**
 * The managers of the object after a write to its Scale. Upstream looks a writer up under the Scale's version, where no one who has not
 * applied is known: its entry is made anew, and has no time.
 */
export function managersAfterScale(
  kind: Tracked,
  entries: readonly ManagedFields[] = [],
  scaleEntries: readonly ManagedFields[] = [],
): ManagedFields[] {
  const before = Managers.parse(entries);
  const owners = new Map(
    Managers.parse(scaleEntries)
      .all()
      .map((manager) => [identityOf(manager), manager]),
  );
  const known = before.all().filter(({ apiVersion }) => apiVersion === apiVersionOf(kind));
  const kept = known.flatMap((manager) => {
    if (!hasReplicas(manager) || owners.delete(identityOf(manager))) return [manager];
    const fields = manager.fields.difference(replicas);
    return fields.isEmpty ? [] : [{ ...manager, fields }];
  });
  const made = [...owners.values()].filter(hasReplicas).map((owner): Manager => {
    return { ...owner, apiVersion: apiVersionOf(kind), time: before.get(owner)?.time, fields: replicas };
  });
  return entriesOf([...kept, ...made]);
}

function hasReplicas({ fields }: Manager): boolean {
  return fields.get('f:spec')?.get('f:replicas')?.isMember ?? false;
}
