import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { kinds } from '../kinds';
import { recorded } from '../kinds/recorded';
import { schemaForTests } from '../schema/testSchema';
import { renderTable } from './table';

const printed = [
  'controllerrevisions',
  'daemonsets',
  'deployments',
  'endpointslices',
  'events',
  'jobs',
  'limitranges',
  'namespaces',
  'nodes',
  'persistentvolumeclaims',
  'persistentvolumes',
  'pods',
  'resourcequotas',
  'services',
  'leases',
  'poddisruptionbudgets',
  'podtemplates',
  'replicasets',
  'replicationcontrollers',
  'statefulsets',
  'storageclasses',
];

function kindOf(plural: string) {
  const kind = kinds.find((one) => one.plural === plural);
  if (!kind) throw new Error(`no kind ${plural}`);
  return kind;
}

describe('tables are what a real server printed', () => {
  const schema = schemaForTests();

  test.each(printed)('%s', (plural) => {
    const { objects, now, columns, rows } = recorded(plural);
    const table = renderTable(kindOf(plural), objects, { schema, now, includeObject: 'None' });
    expect(table.rows.map((row) => row.cells)).toEqual(rows);
    const hashed = table.columnDefinitions?.map(({ description, ...rest }) => ({
      ...rest,
      described: createHash('sha256').update(description).digest('hex').slice(0, 12),
    }));
    expect(hashed).toEqual(columns);
  });

  test('every column of every kind says what it is', () => {
    for (const kind of kinds) {
      const table = renderTable(kind, [], { schema, now: 0 });
      const silent = table.columnDefinitions?.filter((column) => column.description === '');
      expect([kind.kind, silent]).toEqual([kind.kind, []]);
    }
  });

  test('rows carry metadata, the object, or nothing', () => {
    const { objects, now } = recorded('pods');
    const object = (includeObject?: 'None' | 'Metadata' | 'Object') =>
      renderTable(kindOf('pods'), objects, { schema, now, includeObject }).rows[0]?.object;
    const { metadata } = objects[0] ?? {};
    expect(object('None')).toBeNull();
    expect(object()).toEqual({ kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata });
    expect(object('Object')).toBe(objects[0]);
  });

  test('columns are left out once sent', () => {
    const table = renderTable(kindOf('pods'), [], { schema, now: 0, withColumns: false });
    expect(table.columnDefinitions).toBeNull();
  });
});
