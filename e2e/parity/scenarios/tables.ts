import { resourcePath, type ResourceName } from '../../../lib/kubernetes/resources';
import { isObject, type Json, type JsonObject } from '../json';
import { nodeName } from '../servedNode';
import type { Scenario, Trial } from '../trial';
import { startWeb } from './web';

/** What `kubectl get` prints comes from the server: columns, their order and descriptions, and every cell but the ages. */

const asTable = { Accept: 'application/json;as=Table;v=v1;g=meta.k8s.io' };
const ages = new Set(['Age', 'Last Seen', 'First Seen']);

async function table(trial: Trial, title: string, path: string): Promise<void> {
  const { status, body } = await trial.api.ask('GET', path, undefined, asTable);
  trial.keep(title, { status, body: withoutAges(body) });
}

function withoutAges(body: JsonObject): JsonObject {
  const columns = Array.isArray(body.columnDefinitions) ? body.columnDefinitions : [];
  const rows = Array.isArray(body.rows) ? body.rows : [];
  const plain = (cell: Json, column: Json | undefined) =>
    isObject(column) && ages.has(String(column.name)) ? '<age>' : cell;
  return {
    ...body,
    rows: rows.map((row) =>
      isObject(row) && Array.isArray(row.cells) ? { cells: row.cells.map((cell, i) => plain(cell, columns[i])) } : row,
    ),
  };
}

const budget = {
  metadata: { name: 'web' },
  spec: { maxUnavailable: 1, selector: { matchLabels: { app: 'web' } } },
};

/** Of no class, so that it waits for ever. */
const claim = {
  metadata: { name: 'data' },
  spec: { accessModes: ['ReadWriteOnce'], storageClassName: '', resources: { requests: { storage: '1Gi' } } },
};

const listed: readonly ResourceName[] = [
  'statefulsets',
  'pods',
  'services',
  'controllerrevisions',
  'persistentvolumeclaims',
  'poddisruptionbudgets',
  'configmaps',
  'secrets',
  'serviceaccounts',
  'roles',
  'rolebindings',
  'resourcequotas',
  'leases',
  'podtemplates',
  'deployments',
  'replicasets',
  'replicationcontrollers',
];

export const tables: Scenario = {
  name: 'tables',
  follow: [],
  finally: ['endpointslices'],
  await: ['configmaps', 'statefulsets'],
  async play(trial) {
    await trial.until('configmaps', 'kube-root-ca.crt', () => true);
    await startWeb(trial, { replicas: 2 });
    await trial.create('poddisruptionbudgets', budget);
    await trial.create('persistentvolumeclaims', claim);
    await trial.quiet();
    for (const resource of listed) await table(trial, resource, trial.path(resource));
    await table(trial, 'one pod', trial.path('pods', 'web-0'));
    await table(trial, 'no such pod', trial.path('pods', 'web-9'));
    await table(trial, 'endpointslices', trial.path('endpointslices'));
    await table(trial, 'a namespace', resourcePath('namespaces', undefined, trial.namespace));
    await table(trial, 'a node', resourcePath('nodes', undefined, nodeName));
  },
};
