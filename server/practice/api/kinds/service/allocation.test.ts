import { beforeEach, describe, expect, test } from 'vitest';
import type { Service } from '../../../../../lib/kubernetes/network';
import { ManualClock } from '../../../clock';
import { seededIds } from '../../../ids';
import { createAddresses, createNodePorts } from '../../allocators';
import { copyJson } from '../../json';
import type { KindContext } from '../kind';
import { serviceKind } from '../service';
import { releaseOfService } from './allocation';

let context: KindContext;

beforeEach(() => {
  const ids = seededIds(3);
  context = {
    clock: new ManualClock(),
    ids,
    user: { name: 'u', groups: [] },
    find: () => undefined,
    findAll: () => [],
    addresses: createAddresses(ids),
    nodePorts: createNodePorts(ids),
  };
});

function create(spec: Service['spec'] = {}): Service {
  const draft: Service = { metadata: { name: 's', namespace: 'default' }, spec: { ports: [{ port: 80 }], ...spec } };
  serviceKind.defaults?.(draft);
  void serviceKind.prepareCreate?.(draft, context);
  return draft;
}

function update(old: Service, spec: Service['spec']): Service {
  const draft = { ...copyJson(old), spec: { ...copyJson(old.spec), ...spec } };
  serviceKind.defaults?.(draft);
  serviceKind.prepareUpdate?.(draft, old, context);
  return draft;
}

describe('addresses', () => {
  test('one is given, and is nobody else’s', () => {
    const first = create();
    expect(first.spec.clusterIPs).toEqual([first.spec.clusterIP]);
    expect(() => create({ clusterIP: first.spec.clusterIP })).toThrow('provided IP is already allocated');
  });

  test('what is given back can be had again', () => {
    const first = create();
    releaseOfService(first, context);
    expect(create({ clusterIP: first.spec.clusterIP }).spec.clusterIP).toBe(first.spec.clusterIP);
  });

  test('one outside the range is refused', () => {
    expect(() => create({ clusterIP: '9.9.9.9' })).toThrow('is not in the valid range');
  });

  test('a headless service has none', () => {
    expect(create({ clusterIP: 'None' }).spec).toMatchObject({ clusterIP: 'None', clusterIPs: ['None'] });
  });

  test('an update that leaves it out keeps it', () => {
    const old = create();
    expect(update(old, { clusterIP: undefined, clusterIPs: undefined }).spec.clusterIP).toBe(old.spec.clusterIP);
  });

  test('becoming an external name gives it up', () => {
    const old = create();
    const now = update(old, { type: 'ExternalName', externalName: 'a.b' });
    expect(now.spec.clusterIP).toBeUndefined();
    releaseOfService(old, context, now);
    expect(context.addresses.take(old.spec.clusterIP ?? '')).toBe(true);
  });
});

describe('node ports', () => {
  test('are given to those that need them, and kept', () => {
    const old = create({ type: 'NodePort' });
    const port = old.spec.ports?.[0]?.nodePort;
    expect(port).toBeGreaterThanOrEqual(30000);
    expect(update(old, { ports: [{ port: 81 }] }).spec.ports?.[0]?.nodePort).toBe(port);
  });

  test('go when the type has no use for them', () => {
    const old = create({ type: 'NodePort' });
    expect(update(old, { type: 'ClusterIP' }).spec.ports?.[0]?.nodePort).toBeUndefined();
  });

  test('one number serves TCP and UDP of one port', () => {
    const ports = create({
      type: 'NodePort',
      ports: [
        { port: 53, name: 'a' },
        { port: 53, name: 'b', protocol: 'UDP' },
      ],
    }).spec.ports;
    expect(ports?.[0]?.nodePort).toBe(ports?.[1]?.nodePort);
  });

  test('a taken one is refused, and nothing stays taken', () => {
    const port = create({ type: 'NodePort' }).spec.ports?.[0]?.nodePort;
    const asked = { type: 'NodePort', clusterIP: '10.96.0.77', ports: [{ port: 80, nodePort: port }] } as const;
    expect(() => create({ ...asked, ports: [...asked.ports] })).toThrow('provided port is already allocated');
    expect(context.addresses.take('10.96.0.77')).toBe(true);
  });

  test('a refused update gives back what it took', () => {
    const old = create();
    const draft = update(old, { type: 'NodePort' });
    const port = draft.spec.ports?.[0]?.nodePort ?? 0;
    releaseOfService(draft, context, old);
    expect(context.nodePorts.take(port)).toBe(true);
    expect(context.addresses.take(old.spec.clusterIP ?? '')).toBe(false);
  });
});
