import { describe, expect, it } from 'vitest';
import type { ObjectMeta } from '../../../../lib/kubernetes/metadata';
import type { StatefulSet, StatefulSetSpec } from '../../../../lib/kubernetes/statefulSet';
import { decodeTyped } from '../../api/decode/typed';
import { kinds } from '../../api/kinds';
import { schemaForTests } from '../../api/schema/testSchema';
import { testApi } from '../../api/testing';
import type { ApiClient } from '../../client';
import { seededIds } from '../../ids';
import { startControllers } from '../index';
import { createInformers } from '../runtime/informer';
import { startFakeKubelet } from '../testing/fakeKubelet';
import recorded from './webRevision.fixture.json';

/** The controllers over the API as it really is: defaults, validation, admission, status and finalizers are its own. */
async function startCluster() {
  const { client, clock } = await testApi({ kinds, schema: schemaForTests() });
  const informers = createInformers(client);
  const failures: string[] = [];
  startFakeKubelet({ client, clock });
  startControllers({
    client,
    informers,
    clock,
    ids: seededIds(2),
    rootCa: 'PEM',
    onError: ({ controller, key, error }) => failures.push(`${controller} ${key}: ${String(error)}`),
  });
  await client.create('nodes', { metadata: { name: 'node-1' } });
  const settle = () => clock.advance(60_000);
  await settle();
  const names = async (resource: 'pods' | 'persistentvolumeclaims' | 'controllerrevisions' | 'endpointslices') =>
    (await client.list(resource, { namespace: 'default' })).items.map((object) => object.metadata.name);
  return { client, clock, settle, failures, names, set: () => client.get('statefulsets', 'web', 'default') };
}

const service = {
  metadata: { name: 'nginx', labels: { app: 'nginx' } },
  spec: { ports: [{ port: 80, name: 'web' }], clusterIP: 'None', selector: { app: 'nginx' } },
};

/** The lab's set, as a user writes it. */
function webSet(spec: Partial<StatefulSetSpec> = {}): StatefulSet {
  return {
    metadata: { name: 'web' },
    spec: {
      selector: { matchLabels: { app: 'nginx' } },
      serviceName: 'nginx',
      replicas: 3,
      template: {
        metadata: { labels: { app: 'nginx' } },
        spec: {
          containers: [
            {
              name: 'nginx',
              image: 'k8s.gcr.io/nginx-slim:0.8',
              ports: [{ containerPort: 80, name: 'web' }],
              volumeMounts: [{ name: 'www', mountPath: '/usr/share/nginx/html' }],
            },
          ],
        },
      },
      volumeClaimTemplates: [
        {
          metadata: { name: 'www' },
          spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
        },
      ],
      ...spec,
    },
    status: {},
  };
}

async function startLab(spec: Partial<StatefulSetSpec> = {}) {
  const cluster = await startCluster();
  await cluster.client.create('services', service, 'default');
  await cluster.client.create('statefulsets', webSet(spec), 'default');
  await cluster.settle();
  return cluster;
}

/** Stands in for the volume controllers, which let go of a claim that no pod uses. */
async function releaseClaims(client: ApiClient): Promise<void> {
  for (const claim of (await client.list('persistentvolumeclaims')).items)
    if (claim.metadata.deletionTimestamp)
      await client.update('persistentvolumeclaims', { ...claim, metadata: { ...claim.metadata, finalizers: [] } });
}

function shapeOf({ labels, annotations, ownerReferences, generateName }: ObjectMeta) {
  return { labels, annotations, ownerReferences, generateName };
}

describe('the lab', () => {
  it('comes up with the names a real cluster gives', async () => {
    const c = await startLab();
    expect(await c.names('pods')).toEqual(['web-0', 'web-1', 'web-2']);
    expect(await c.names('persistentvolumeclaims')).toEqual(['www-web-0', 'www-web-1', 'www-web-2']);
    expect(await c.names('controllerrevisions')).toEqual([recorded.revision.metadata.name]);
    const { uid } = (await c.set()).metadata;
    const { status } = await c.set();
    expect(status).toEqual(recorded.set.status);
    const pod = await c.client.get('pods', 'web-0', 'default');
    expect(shapeOf(pod.metadata)).toEqual({
      annotations: undefined,
      generateName: 'web-',
      labels: {
        app: 'nginx',
        'apps.kubernetes.io/pod-index': '0',
        'controller-revision-hash': recorded.revision.metadata.name,
        'statefulset.kubernetes.io/pod-name': 'web-0',
      },
      ownerReferences: [
        { apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'web', uid, controller: true, blockOwnerDeletion: true },
      ],
    });
    expect(pod.spec).toMatchObject({ hostname: 'web-0', subdomain: 'nginx', serviceAccountName: 'default' });
    expect(c.failures).toEqual([]);
  });

  it('names a revision as a real cluster does, whatever the user spelt out or left empty', async () => {
    const c = await startCluster();
    const readinessProbe = { httpGet: { path: '/', port: 80 }, initialDelaySeconds: 0 };
    const resources = { requests: { cpu: '0.5', memory: '1024Mi' } };
    const template = {
      metadata: { labels: { app: 'odd' }, annotations: {} },
      spec: {
        terminationGracePeriodSeconds: 0,
        hostNetwork: false,
        nodeSelector: {},
        volumes: [{ name: 'e', emptyDir: {} }],
        initContainers: [{ name: 'i', image: 'busybox:1.28', args: [] }],
        containers: [
          {
            name: 'c',
            image: 'busybox',
            args: ['<&>'],
            env: [{ name: 'A', value: '' }],
            resources,
            volumeMounts: [{ name: 'e', mountPath: '/e', readOnly: false }],
            readinessProbe,
          },
        ],
      },
    };
    const spec = { serviceName: 'web', replicas: 0, selector: { matchLabels: { app: 'odd' } }, template };
    const { value } = decodeTyped(schemaForTests(), 'k8s.io.api.apps.v1.StatefulSet', {
      metadata: { name: 'odd' },
      spec,
    });
    await c.client.create('statefulsets', value as unknown as StatefulSet, 'default');
    await c.settle();
    expect(await c.names('controllerrevisions')).toEqual(['odd-55447b9646']);
  });

  it('has its addresses in slices and Endpoints', async () => {
    const c = await startLab();
    const [slice] = (await c.client.list('endpointslices', { namespace: 'default' })).items;
    expect(slice?.endpoints?.map((endpoint) => endpoint.hostname)).toEqual(['web-0', 'web-1', 'web-2']);
    expect(slice?.ports).toEqual([{ name: 'web', port: 80, protocol: 'TCP' }]);
    const endpoints = await c.client.get('endpoints', 'nginx', 'default');
    expect(endpoints.subsets?.[0]?.addresses).toHaveLength(3);
    await c.client.delete('services', 'nginx', 'default');
    await c.settle();
    expect(await c.names('endpointslices')).toEqual([]);
  });

  it('scales, rolls out and back, and heals', async () => {
    const c = await startLab();
    const { uid } = (await c.client.get('pods', 'web-1', 'default')).metadata;
    await c.client.delete('pods', 'web-1', 'default');
    await c.client.patch('statefulsets', 'web', 'default', { spec: { replicas: 4 } }, { subresource: 'scale' });
    await c.settle();
    expect(await c.names('pods')).toEqual(['web-0', 'web-1', 'web-2', 'web-3']);
    expect((await c.client.get('pods', 'web-1', 'default')).metadata.uid).not.toBe(uid);
    const image = (to: string) => ({ spec: { template: { spec: { containers: [{ name: 'nginx', image: to }] } } } });
    const first = (await c.set()).status.currentRevision;
    await c.client.patch('statefulsets', 'web', 'default', image('nginx:2'), { type: 'strategic' });
    await c.settle();
    const second = (await c.set()).status.currentRevision;
    expect(second).not.toBe(first);
    await c.client.patch('statefulsets', 'web', 'default', image('k8s.gcr.io/nginx-slim:0.8'), { type: 'strategic' });
    await c.settle();
    expect((await c.set()).status).toMatchObject({ currentRevision: first, readyReplicas: 4, updatedReplicas: 4 });
    expect(await c.names('controllerrevisions')).toHaveLength(2);
    await c.client.patch('statefulsets', 'web', 'default', { spec: { replicas: 1 } });
    await c.settle();
    expect(await c.names('pods')).toEqual(['web-0']);
    expect(await c.names('persistentvolumeclaims')).toHaveLength(4);
    expect(c.failures).toEqual([]);
  });

  it('adopts and releases', async () => {
    const c = await startLab();
    const owners = async () => (await c.client.get('pods', 'web-0', 'default')).metadata.ownerReferences ?? [];
    await c.client.patch('pods', 'web-0', 'default', { metadata: { ownerReferences: null } });
    await c.settle();
    expect(await owners()).toHaveLength(1);
    await c.client.patch('pods', 'web-0', 'default', { metadata: { labels: { app: 'other' } } });
    await c.settle();
    expect(await owners()).toEqual([]);
    await c.client.patch('pods', 'web-0', 'default', { metadata: { labels: { app: 'nginx' } } });
    await c.settle();
    expect(await owners()).toHaveLength(1);
  });
});

describe('what is deleted', () => {
  it.each(['Background', 'Foreground'] as const)('a set takes its pods along and leaves its claims (%s)', async (p) => {
    const c = await startLab();
    await c.client.delete('statefulsets', 'web', 'default', { propagationPolicy: p });
    await c.settle();
    expect([await c.names('pods'), await c.names('controllerrevisions')]).toEqual([[], []]);
    expect(await c.names('persistentvolumeclaims')).toHaveLength(3);
    await expect(c.set()).rejects.toMatchObject({ code: 404 });
    expect(c.failures).toEqual([]);
  });

  it('an orphaning delete leaves everything, and the next set takes it over', async () => {
    const c = await startLab();
    await c.client.delete('statefulsets', 'web', 'default', { propagationPolicy: 'Orphan' });
    await c.settle();
    await expect(c.set()).rejects.toMatchObject({ code: 404 });
    const before = (await c.client.list('pods', { namespace: 'default' })).items.map((pod) => pod.metadata.uid);
    expect(before).toHaveLength(3);
    await c.client.create('statefulsets', webSet(), 'default');
    await c.settle();
    const after = (await c.client.list('pods', { namespace: 'default' })).items;
    expect(after.map((pod) => pod.metadata.uid)).toEqual(before);
    const { uid } = (await c.set()).metadata;
    for (const pod of after) expect(pod.metadata.ownerReferences?.map((ref) => ref.uid)).toEqual([uid]);
    expect(await c.names('controllerrevisions')).toHaveLength(1);
  });

  it('claims go with the set or the pod where the policy says so', async () => {
    const policy = { whenDeleted: 'Delete', whenScaled: 'Delete' } as const;
    const c = await startLab({ persistentVolumeClaimRetentionPolicy: policy });
    await c.client.patch('statefulsets', 'web', 'default', { spec: { replicas: 1 } });
    await c.settle();
    await releaseClaims(c.client);
    expect(await c.names('persistentvolumeclaims')).toEqual(['www-web-0']);
    await c.client.delete('statefulsets', 'web', 'default');
    await c.settle();
    await releaseClaims(c.client);
    expect(await c.names('persistentvolumeclaims')).toEqual([]);
  });

  it('a namespace goes with all that is in it', async () => {
    const c = await startCluster();
    await c.client.create('namespaces', { metadata: { name: 'lab' } });
    await c.settle();
    await c.client.create('services', service, 'lab');
    await c.client.create('statefulsets', webSet(), 'lab');
    await c.settle();
    expect((await c.client.list('serviceaccounts', { namespace: 'lab' })).items).toHaveLength(1);
    await c.client.delete('namespaces', 'lab');
    await c.settle();
    expect((await c.client.get('namespaces', 'lab')).status?.conditions?.map(({ reason }) => reason)).toContain(
      'SomeFinalizersRemain',
    );
    await releaseClaims(c.client);
    await c.settle();
    await expect(c.client.get('namespaces', 'lab')).rejects.toMatchObject({ code: 404 });
    for (const resource of ['pods', 'services', 'configmaps', 'events', 'endpointslices', 'endpoints'] as const)
      expect((await c.client.list(resource, { namespace: 'lab' })).items, resource).toEqual([]);
  });
});
