import { describe, expect, test } from 'vitest';
import type { ApiObject } from './json';
import { traceOf, type Seen } from './trace';
import type { Observed } from './watch';

const uid = (n: number) => `00000000-0000-4000-8000-00000000000${n}`;

function pod(rv: number, name: string, life: number, more: object = {}): ApiObject {
  return { metadata: { name, uid: uid(life), resourceVersion: String(rv), ...more }, status: {} } as ApiObject;
}

const pods = (type: Observed['type'], object: ApiObject): Observed => ({ resource: 'pods', type, object });
const ready = { status: { conditions: [{ type: 'Ready', status: 'True' }] } };
const deleting = { deletionTimestamp: '2026-01-01T00:00:00Z' };

function trace(observed: Observed[], more: Partial<Seen> = {}) {
  return traceOf({
    namespace: 'parity-x',
    observed,
    answers: {},
    follow: ['pods'],
    values: [],
    finally: [],
    ordered: ['pods'],
    ...more,
  });
}

describe('a trace', () => {
  test('is in the order of revisions, whichever watch told first', () => {
    const { order } = trace([pods('ADDED', pod(7, 'web-1', 2)), pods('ADDED', pod(3, 'web-0', 1))]);
    expect(order).toEqual(['pods/web-0 created', 'pods/web-1 created']);
  });

  test('tells a life in words, and counts lives of one name', () => {
    const { order, objects } = trace([
      pods('ADDED', pod(1, 'web-0', 1)),
      pods('MODIFIED', { ...pod(2, 'web-0', 1), ...ready }),
      pods('MODIFIED', { ...pod(3, 'web-0', 1, deleting), ...ready }),
      pods('DELETED', pod(4, 'web-0', 1, deleting)),
      pods('ADDED', pod(5, 'web-0', 2)),
    ]);
    expect(order).toEqual([
      'pods/web-0 created',
      'pods/web-0 ready',
      'pods/web-0 being deleted',
      'pods/web-0 gone',
      'pods/web-0 (2) created',
    ]);
    expect(Object.keys(objects)).toEqual(['pods/web-0', 'pods/web-0 (2)']);
  });

  test('says that a pod is no longer ready', () => {
    const { order } = trace([pods('ADDED', { ...pod(1, 'web-0', 1), ...ready }), pods('MODIFIED', pod(2, 'web-0', 1))]);
    expect(order).toEqual(['pods/web-0 created', 'pods/web-0 ready', 'pods/web-0 no longer ready']);
  });

  test('writes one object out and others by what differs', () => {
    const { objects } = trace([pods('ADDED', pod(1, 'web-0', 1)), pods('ADDED', pod(2, 'web-1', 2))]);
    expect(objects['pods/web-1']).toEqual([
      { 'ADDED like pods/web-0': { 'metadata.name': 'web-1', 'metadata.uid': '<uid of pods/web-1>' } },
    ]);
  });

  test('shows what is only looked at in the end as it was then, and not what is gone', () => {
    const { objects, finally: last } = trace(
      [
        pods('ADDED', pod(1, 'web-0', 1)),
        pods('MODIFIED', { ...pod(2, 'web-0', 1), ...ready }),
        pods('ADDED', pod(3, 'web-1', 2)),
        pods('DELETED', pod(4, 'web-1', 2)),
      ],
      { follow: [], finally: ['pods'] },
    );
    expect(objects).toEqual({});
    expect(Object.keys(last)).toEqual(['pods/web-0']);
    expect(last['pods/web-0']).toMatchObject(ready);
  });

  test('tells the values of each field by itself, however many changes were told as one', () => {
    const at = (rv: number, status: object) => pods('MODIFIED', { ...pod(rv, 'web-0', 1), status } as ApiObject);
    const many = [pods('ADDED', pod(1, 'web-0', 1)), at(2, { a: 1 }), at(3, { a: 1, b: 1 }), at(4, { a: 2, b: 1 })];
    const few = [pods('ADDED', pod(1, 'web-0', 1)), at(2, { a: 1, b: 1 }), at(3, { a: 2, b: 1 })];
    const options: Partial<Seen> = { follow: [], values: ['pods'] };
    expect(trace(many, options).values).toEqual({ 'pods/web-0': { 'status.a': [1, 2], 'status.b': [1] } });
    expect(trace(few, options)).toEqual(trace(many, options));
  });

  test('names generated names by what they begin with', () => {
    const { order } = trace([pods('ADDED', pod(1, 'web-x7kq2', 1, { generateName: 'web-' }))]);
    expect(order).toEqual(['pods/web-<suffix-1> created']);
  });

  test('does not take an ordinal for a generated suffix', () => {
    const { order } = trace([pods('ADDED', pod(1, 'web-0', 1, { generateName: 'web-' }))]);
    expect(order).toEqual(['pods/web-0 created']);
  });

  test('groups events by whom they are about and who reports', () => {
    const event = (rv: number, message: string): Observed => ({
      resource: 'events',
      type: 'ADDED',
      object: {
        metadata: { name: `web.${rv}`, resourceVersion: String(rv) },
        involvedObject: { kind: 'StatefulSet', name: 'web' },
        source: { component: 'statefulset-controller' },
        type: 'Normal',
        reason: 'SuccessfulCreate',
        message,
      },
    });
    const { events } = trace([event(1, 'one'), event(2, 'two'), event(3, 'one')]);
    expect(events).toEqual({
      'StatefulSet/web by statefulset-controller': ['Normal SuccessfulCreate: one', 'Normal SuccessfulCreate: two'],
    });
  });
});
