import type { KubernetesObject, ListMeta } from '../../../../lib/kubernetes/metadata';
import type { Column, Kind, RowCondition } from '../kinds/kind';
import type { Schema } from '../schema/schema';

/** `meta.k8s.io` Table: what `kubectl get` prints, made by the server. */
export interface Table {
  kind: 'Table';
  apiVersion: string;
  metadata: ListMeta;
  columnDefinitions: ColumnDefinition[] | null;
  rows: Row[];
}

export interface ColumnDefinition {
  name: string;
  type: string;
  format: string;
  description: string;
  priority: number;
}

export interface Row {
  cells: (string | number | boolean | null)[];
  conditions?: RowCondition[];
  object: KubernetesObject | null;
}

export interface TableOptions {
  schema: Schema;
  /** Milliseconds since the epoch: ages are counted to here. */
  now: number;
  /** The request's `includeObject`; `Metadata` when it says nothing. */
  includeObject?: 'None' | 'Metadata' | 'Object';
  /** Of the list, or of the one object. */
  metadata?: ListMeta;
  /** False from the second event of a watch on: the columns were sent with the first. */
  withColumns?: boolean;
  version?: 'v1' | 'v1beta1';
}

export function renderTable(kind: Kind, objects: readonly KubernetesObject[], options: TableOptions): Table {
  const { includeObject = 'Metadata', version = 'v1', withColumns = true } = options;
  const apiVersion = `meta.k8s.io/${version}`;
  return {
    kind: 'Table',
    apiVersion,
    metadata: options.metadata ?? {},
    columnDefinitions: withColumns ? kind.columns.map((column) => definitionOf(column, options.schema)) : null,
    rows: objects.map((object) => {
      const conditions = kind.rowConditions?.(object) ?? [];
      return {
        cells: kind.row(object, { now: options.now }),
        ...(conditions.length > 0 ? { conditions } : {}),
        object: shownObject(object, includeObject, apiVersion),
      };
    }),
  };
}

function definitionOf(column: Column, schema: Schema): ColumnDefinition {
  const { message, field } = column.describedBy ?? { message: '', field: '' };
  return {
    name: column.name,
    type: column.type ?? 'string',
    format: column.format ?? '',
    description: column.description ?? schema.message(message)?.fields.get(field)?.description ?? '',
    priority: column.priority ?? 0,
  };
}

function shownObject(object: KubernetesObject, include: string, apiVersion: string): KubernetesObject | null {
  if (include === 'None') return null;
  if (include === 'Object') return object;
  return { kind: 'PartialObjectMetadata', apiVersion, metadata: object.metadata };
}
