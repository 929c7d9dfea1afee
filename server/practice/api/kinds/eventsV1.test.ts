import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { schemaForTests } from '../schema/testSchema';
import { testServer, watchLines } from '../testing';
import { kinds } from './index';

let server: Awaited<ReturnType<typeof testServer>>;
beforeEach(async () => (server = await testServer({ kinds, schema: schemaForTests() })));
afterEach(() => server.close());

const older = '/api/v1/namespaces/default/events';
const newer = '/apis/events.k8s.io/v1/namespaces/default/events';

const event = (more: object = {}) => ({
  metadata: { name: 'e' },
  eventTime: '2026-01-01T00:00:00.000000Z',
  reportingController: 'example.com/test',
  reportingInstance: 'me',
  action: 'Do',
  reason: 'Test',
  regarding: { kind: 'Pod', namespace: 'default', name: 'p' },
  note: 'a note',
  type: 'Normal',
  ...more,
});

const merge = { 'Content-Type': 'application/merge-patch+json' };
const causesOf = (json: Record<string, unknown>) =>
  ((json.details as { causes?: { field: string; message: string }[] }).causes ?? []).map(
    ({ field, message }) => `${field}: ${message}`,
  );

describe('an Event', () => {
  it('that was written in the new form is read in the old one', async () => {
    const made = await server.ask('POST', newer, event());
    expect([made.status, made.json.apiVersion, made.json.note]).toEqual([201, 'events.k8s.io/v1', 'a note']);
    const { json } = await server.ask('GET', `${older}/e`);
    expect(json).toMatchObject({
      apiVersion: 'v1',
      involvedObject: { kind: 'Pod', namespace: 'default', name: 'p' },
      message: 'a note',
      reportingComponent: 'example.com/test',
      source: {},
      firstTimestamp: null,
    });
    expect((json.metadata as { uid: string }).uid).toBe((made.json.metadata as { uid: string }).uid);
  });

  it('that was written in the old form is listed and selected in the new one', async () => {
    const involvedObject = { kind: 'Pod', namespace: 'default', name: 'p' };
    const source = { component: 'kubelet' };
    const firstTimestamp = '2026-01-01T00:00:00Z';
    await server.ask('POST', older, { metadata: { name: 'o' }, involvedObject, source, firstTimestamp, count: 2 });
    await server.ask('POST', newer, event());
    const names = async (query: string) => {
      const { json } = await server.ask('GET', `${newer}${query}`);
      return (json.items as { metadata: { name: string } }[]).map(({ metadata }) => metadata.name);
    };
    expect(await names('')).toEqual(['e', 'o']);
    expect(await names('?fieldSelector=reportingController=example.com/test')).toEqual(['e']);
    expect(await names('?fieldSelector=regarding.name=p,type!=Normal')).toEqual(['o']);
    const { json } = await server.ask('GET', `${newer}/o`);
    expect(json).toMatchObject({
      deprecatedSource: source,
      deprecatedFirstTimestamp: firstTimestamp,
      deprecatedCount: 2,
    });
    expect((await server.ask('GET', `${newer}?fieldSelector=involvedObject.name=p`)).status).toBe(400);
  });

  it('goes on as a series, and otherwise stays as it was told', async () => {
    await server.ask('POST', newer, event());
    const series = { count: 2, lastObservedTime: '2026-01-01T00:00:01.000000Z' };
    const changed = await server.ask('PATCH', `${newer}/e`, { series }, merge);
    expect([changed.status, changed.json.series]).toEqual([200, series]);
    expect((await server.ask('GET', `${older}/e`)).json.series).toEqual(series);
    const refused = await server.ask('PATCH', `${newer}/e`, { note: 'other', series: { count: 1 } }, merge);
    expect(refused.json.message).toMatch(/^Event "e" is invalid: \[series.count: /);
    expect(causesOf(refused.json)).toEqual([
      'series.count: Invalid value: "": should be at least 2',
      'message: Invalid value: "other": field is immutable',
    ]);
    expect((await server.ask('DELETE', `${newer}/e`)).status).toBe(200);
    expect((await server.ask('GET', `${older}/e`)).status).toBe(404);
  });

  it.each([
    ['without a type', { type: undefined }, ['type: Invalid value: "": has invalid value: ']],
    [
      'that is of the old kind too',
      { deprecatedCount: 3, deprecatedSource: { component: 'x' }, deprecatedFirstTimestamp: '2026-01-01T00:00:00Z' },
      ['firstTimestamp', 'count', 'source'].map((field) => `${field}: Invalid value: "": needs to be unset`),
    ],
    ['without a time', { eventTime: undefined }, ['eventTime: Required value']],
    ['without an action', { action: '' }, ['action: Required value']],
  ])('%s is refused', async (_name, more, causes) => {
    expect(causesOf((await server.ask('POST', newer, event(more))).json)).toEqual(causes);
  });

  it('is watched in either form', async () => {
    await server.ask('POST', newer, event());
    for (const [path, apiVersion] of [
      [newer, 'events.k8s.io/v1'],
      [older, 'v1'],
    ] as const) {
      const stop = new AbortController();
      const first = await watchLines(`${server.url}${path}?watch=1`, stop.signal).next();
      expect(first.value).toMatchObject({ type: 'ADDED', object: { apiVersion } });
      stop.abort();
    }
  });
});
