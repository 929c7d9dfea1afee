import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { schemaForTests } from '../../schema/testSchema';
import { testServer } from '../../testing';
import { kinds } from '../index';

const pods = '/api/v1/namespaces/default/pods';
const strategic = { 'Content-Type': 'application/strategic-merge-patch+json' };
let server: Awaited<ReturnType<typeof testServer>>;

beforeAll(async () => {
  server = await testServer({ kinds, schema: schemaForTests() });
  await server.ask('POST', '/api/v1/namespaces/default/serviceaccounts', { metadata: { name: 'default' } });
  const spec = { containers: [{ name: 'web', image: 'nginx:1.27' }] };
  await server.ask('POST', pods, { metadata: { name: 'web-0' }, spec });
});
afterAll(() => server.close());

const add = (container: object, more: object = {}) =>
  server.ask(
    'PATCH',
    `${pods}/web-0/ephemeralcontainers`,
    { ...more, spec: { ephemeralContainers: [container] } },
    strategic,
  );

describe('pods/ephemeralcontainers', () => {
  it('adds a container and changes nothing else', async () => {
    const debug = { name: 'debugger', image: 'busybox:1.37', targetContainerName: 'web' };
    const { status, json } = await add(debug, { metadata: { labels: { a: 'b' } } });
    expect(status).toBe(200);
    expect(json).toMatchObject({ metadata: { generation: 2 }, spec: { ephemeralContainers: [debug] } });
    expect(json.metadata).not.toHaveProperty('labels');
    expect((await server.ask('GET', `${pods}/web-0/ephemeralcontainers`)).json).toMatchObject({ kind: 'Pod' });
  });

  it.each([
    [{ name: 'web', image: 'busybox' }, 'spec.ephemeralContainers[0].name: Duplicate value: "web"'],
    [
      { name: 'other', image: 'busybox', targetContainerName: 'db' },
      'spec.ephemeralContainers[0].targetContainerName: Not found: "db"',
    ],
    [
      { name: 'other', image: 'busybox', ports: [{ containerPort: 80 }] },
      'spec.ephemeralContainers[0].ports: Forbidden: cannot be set for an Ephemeral Container',
    ],
    [
      { name: 'debugger', image: 'busybox:1.36' },
      'spec.ephemeralContainers: Forbidden: existing ephemeral containers "debugger" may not be changed',
    ],
  ])('refuses %j', async (container, why) => {
    const { status, json } = await add(container);
    expect(status).toBe(422);
    expect(json.message).toContain(why);
  });

  it('is the only way to add one', async () => {
    const spec = {
      containers: [{ name: 'web', image: 'nginx' }],
      ephemeralContainers: [{ name: 'd', image: 'busybox' }],
    };
    const { json } = await server.ask('POST', pods, { metadata: { name: 'web-1' }, spec });
    expect(json.message).toContain('spec.ephemeralContainers: Forbidden: cannot be set on create');
  });

  it('is served and discovered for pods alone', async () => {
    const { status } = await server.ask(
      'GET',
      '/api/v1/namespaces/default/serviceaccounts/default/ephemeralcontainers',
    );
    expect(status).toBe(404);
  });
});
