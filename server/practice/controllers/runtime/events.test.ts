import { describe, expect, it } from 'vitest';
import { StatusError } from '../../status';
import { eventsOf, fakeCluster } from '../testing/cluster';
import { pod } from '../testing/objects';
import { createEventRecorder } from './events';

function start(host?: string) {
  const cluster = fakeCluster();
  const recorder = createEventRecorder({ ...cluster, component: 'kubelet', host });
  const object = { ...pod({ name: 'web-0' }), metadata: { ...pod({ name: 'web-0' }).metadata, resourceVersion: '7' } };
  const say = async (message: string, reason = 'Pulling') => {
    recorder.event(object, 'Normal', reason, message, 'spec.containers{nginx}');
    await recorder.flushed();
  };
  return { ...cluster, recorder, object, say, events: () => cluster.client.all('events') };
}

describe('an event', () => {
  it('looks as the real ones', async () => {
    const c = start('node-1');
    await c.say('Pulling image "nginx"');
    const [event] = c.events();
    expect(event).toMatchObject({
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { namespace: 'default' },
      involvedObject: {
        apiVersion: 'v1',
        kind: 'Pod',
        name: 'web-0',
        namespace: 'default',
        resourceVersion: '7',
        uid: 'uid-web-0',
        fieldPath: 'spec.containers{nginx}',
      },
      type: 'Normal',
      reason: 'Pulling',
      message: 'Pulling image "nginx"',
      count: 1,
      eventTime: null,
      firstTimestamp: '2026-01-01T00:00:00Z',
      lastTimestamp: '2026-01-01T00:00:00Z',
      reportingComponent: 'kubelet',
      reportingInstance: 'node-1',
      source: { component: 'kubelet', host: 'node-1' },
    });
    expect(event?.metadata.name).toMatch(/^web-0\.[0-9a-f]{16}$/);
  });

  it('of a cluster-scoped object stands in the default namespace', async () => {
    const c = start();
    c.recorder.event({ apiVersion: 'v1', kind: 'Node', metadata: { name: 'n', uid: 'n' } }, 'Normal', 'Starting', 'x');
    await c.recorder.flushed();
    expect(c.events()[0]?.metadata.namespace).toBe('default');
    expect(c.events()[0]?.involvedObject).not.toHaveProperty('namespace');
    expect(c.events()[0]?.reportingInstance).toBe('');
  });

  it('that comes again raises the count and keeps its first time', async () => {
    const c = start();
    await c.say('x');
    await c.clock.advance(30_000);
    await c.say('x');
    await c.say('x');
    expect(c.events()).toMatchObject([
      { count: 3, firstTimestamp: '2026-01-01T00:00:00Z', lastTimestamp: '2026-01-01T00:00:30Z' },
    ]);
  });

  it('that was deleted meanwhile is created again, with its count', async () => {
    const c = start();
    await c.say('x');
    await c.client.delete('events', c.events()[0]?.metadata.name ?? '', 'default');
    await c.say('x');
    expect(c.events()).toMatchObject([{ count: 2 }]);
  });
});

describe('many events', () => {
  it('of one reason are combined from the tenth message on', async () => {
    const c = start();
    for (let i = 1; i <= 12; i++) await c.say(`message ${i}`);
    const said = eventsOf(c.client);
    expect(said).toHaveLength(10);
    expect(said.at(-1)).toBe('Pulling: (combined from similar events): message 12 (x3)');
    expect(c.events().find((e) => e.message?.startsWith('(combined'))).toMatchObject({
      reportingComponent: '',
      source: { component: 'kubelet' },
    });
  });

  it('are told apart again after ten quiet minutes', async () => {
    const c = start();
    for (let i = 1; i <= 9; i++) await c.say(`message ${i}`);
    await c.clock.advance(601_000);
    await c.say('another');
    expect(eventsOf(c.client).at(-1)).toBe('Pulling: another');
  });

  it('of one object stop at 25, and then one in five minutes gets through', async () => {
    const c = start();
    for (let i = 1; i <= 40; i++) await c.say('x', 'Pulling');
    expect(c.events()[0]?.count).toBe(25);
    await c.clock.advance(300_000);
    await c.say('x');
    expect(c.events()[0]?.count).toBe(41);
  });

  it('survive that one of them is refused', async () => {
    const c = start();
    let refusals = 1;
    c.client.fault = () => (refusals-- > 0 ? new StatusError(403, 'Forbidden', 'the namespace is going') : undefined);
    await c.say('a');
    await c.say('b');
    expect(eventsOf(c.client)).toEqual(['Pulling: b']);
  });
});
