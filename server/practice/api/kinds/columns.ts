import { ageSince } from '../../../../lib/kubernetes/age';
import type { KubernetesObject } from '../../../../lib/kubernetes/metadata';
import type { Column } from './kind';

const objectMeta = 'k8s.io.apimachinery.pkg.apis.meta.v1.ObjectMeta';

/** A column that is described by a field of a message, as upstream's tables are. */
export function fieldColumn(name: string, message: string, field: string, more: Partial<Column> = {}): Column {
  return { name, describedBy: { message, field }, ...more };
}

export const nameColumn = fieldColumn('Name', objectMeta, 'name', { format: 'name' });
export const ageColumn = fieldColumn('Age', objectMeta, 'creationTimestamp');

/** Kinds without columns of their own show their name and when they were made (apiserver's default table). */
export const createdAtColumns: Column[] = [nameColumn, { ...ageColumn, name: 'Created At', type: 'date' }];

export function createdAtRow(object: KubernetesObject): (string | null)[] {
  return [nameOf(object), object.metadata.creationTimestamp ?? null];
}

/** For `-o wide` only. */
export const wide = { priority: 1 } as const;

export function nameOf(object: KubernetesObject): string {
  return object.metadata.name ?? '';
}

export function ageOf(object: KubernetesObject, { now }: { now: number }): string {
  return ageSince(object.metadata.creationTimestamp, now);
}

/** `a=1,b=2` with sorted keys, or `<none>` (k8s.io/apimachinery/pkg/labels FormatLabels). */
export function labelsText(labels: Record<string, string> | undefined): string {
  const pairs = Object.entries(labels ?? {}).map(([key, value]) => `${key}=${value}`);
  return pairs.length === 0 ? '<none>' : pairs.sort().join(',');
}

/** The first three and how many more there are. */
export function firstThree(items: string[], whenEmpty: string): string {
  if (items.length > 3) return `${items.slice(0, 3).join(',')} + ${items.length - 3} more...`;
  return items.length === 0 ? whenEmpty : items.join(',');
}

/** `nginx,sidecar` and their images. */
export function containerCells(containers: { name: string; image?: string }[]): [names: string, images: string] {
  return [containers.map((c) => c.name).join(','), containers.map((c) => c.image ?? '').join(',')];
}

const modes = [
  ['ReadWriteOnce', 'RWO'],
  ['ReadOnlyMany', 'ROX'],
  ['ReadWriteMany', 'RWX'],
  ['ReadWriteOncePod', 'RWOP'],
] as const;

/** `RWO,RWX`, always in that order (pkg/apis/core/v1/helper GetAccessModesAsString). */
export function accessModesText(held: readonly string[] | undefined): string {
  return modes
    .filter(([mode]) => held?.includes(mode))
    .map(([, short]) => short)
    .join(',');
}
