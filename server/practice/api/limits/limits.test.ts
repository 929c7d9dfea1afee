import { describe, expect, it } from 'vitest';
import type { Container, Pod } from '../../../../lib/kubernetes/pod';
import type { LimitRangeItem } from '../../../../lib/kubernetes/quota';
import { kinds } from '../kinds';
import { schemaForTests } from '../schema/testSchema';
import { testApi } from '../testing';

async function start(...limits: LimitRangeItem[]) {
  const { client } = await testApi({ kinds, schema: schemaForTests() });
  await client.create('serviceaccounts', { metadata: { name: 'default' } }, 'default');
  await client.create('limitranges', { metadata: { name: 'l' }, spec: { limits } }, 'default');
  const pod = (...containers: (Container['resources'] | undefined)[]): Promise<Pod> =>
    client.create(
      'pods',
      {
        metadata: { name: 'p' },
        spec: { containers: containers.map((resources, i) => ({ name: `c${i}`, image: 'nginx:1', resources })) },
      },
      'default',
    );
  const claim = (storage: string) =>
    client.create(
      'persistentvolumeclaims',
      {
        metadata: { name: 'data' },
        spec: { accessModes: ['ReadWriteOnce'], storageClassName: '', resources: { requests: { storage } } },
      },
      'default',
    );
  return { client, pod, claim };
}

describe('a container that names no resources', () => {
  it('is given those of the range, and the pod says so', async () => {
    const c = await start({
      type: 'Container',
      default: { cpu: '0.5', memory: '512Mi' },
      defaultRequest: { cpu: '100m' },
    });
    const { spec, metadata, status } = await c.pod({}, { limits: { cpu: '1' } });
    expect(spec.containers.map(({ resources }) => resources)).toEqual([
      { limits: { cpu: '500m', memory: '512Mi' }, requests: { cpu: '100m', memory: '512Mi' } },
      { limits: { cpu: '1', memory: '512Mi' }, requests: { cpu: '1', memory: '512Mi' } },
    ]);
    expect(metadata.annotations).toEqual({
      'kubernetes.io/limit-ranger':
        'LimitRanger plugin set: cpu, memory request for container c0; cpu, memory limit for container c0; ' +
        'memory request for container c1; memory limit for container c1',
    });
    expect(status.qosClass).toBe('Burstable');
  });

  it('takes the maximum for its limit, and the limit for its request', async () => {
    const c = await start({ type: 'Container', max: { cpu: '2' }, min: { memory: '1Mi' } });
    const pod = await c.pod({});
    expect(pod.spec.containers[0]?.resources).toEqual({ limits: { cpu: '2' }, requests: { cpu: '2', memory: '1Mi' } });
  });
});

describe('a pod that does not keep to the range', () => {
  type Row = [name: string, limit: LimitRangeItem, containers: Container['resources'][], why: string];
  const cpu = (request?: string, limit?: string): Container['resources'] => ({
    ...(request ? { requests: { cpu: request } } : {}),
    ...(limit ? { limits: { cpu: limit } } : {}),
  });
  const rows: Row[] = [
    [
      'asks too little',
      { type: 'Container', min: { cpu: '50m' } },
      [cpu('10m')],
      'minimum cpu usage per Container is 50m, but request is 10m',
    ],
    [
      'asks too much, twice',
      { type: 'Container', max: { cpu: '500m' } },
      [cpu('600m', '600m'), cpu('1', '1')],
      '[maximum cpu usage per Container is 500m, but limit is 600m, maximum cpu usage per Container is 500m, but limit is 1]',
    ],
    [
      'is too much together',
      { type: 'Pod', max: { cpu: '1' } },
      [cpu('600m', '600m'), cpu('500m', '500m')],
      'maximum cpu usage per Pod is 1, but limit is 1100m',
    ],
    [
      'names nothing',
      { type: 'Pod', min: { cpu: '1' } },
      [{}],
      'minimum cpu usage per Pod is 1.  No request is specified',
    ],
    [
      'may burst too far',
      { type: 'Container', maxLimitRequestRatio: { cpu: '2' } },
      [cpu('100m', '300m')],
      'cpu max limit to request ratio per Container is 2, but provided ratio is 3.000000',
    ],
  ];
  it.each(rows)('%s', async (_name, limit, containers, why) => {
    const c = await start(limit);
    await expect(c.pod(...containers)).rejects.toThrow(`pods "p" is forbidden: ${why}`);
  });
});

describe('a claim', () => {
  it('asks for no more and no less than the range lets it', async () => {
    const c = await start({ type: 'PersistentVolumeClaim', min: { storage: '1Gi' }, max: { storage: '2Gi' } });
    await expect(c.claim('500Mi')).rejects.toThrow(
      'persistentvolumeclaims "data" is forbidden: minimum storage usage per PersistentVolumeClaim is 1Gi, but request is 500Mi',
    );
    await expect(c.claim('3Gi')).rejects.toThrow(
      'persistentvolumeclaims "data" is forbidden: maximum storage usage per PersistentVolumeClaim is 2Gi, but request is 3Gi',
    );
    await expect(c.claim('2Gi')).resolves.toMatchObject({ status: { phase: 'Pending' } });
  });
});
