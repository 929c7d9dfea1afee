import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isJsonObject, objectAt, type JsonObject } from '../json';
import { schemaForTests } from '../schema/testSchema';
import { testServer } from '../testing';
import { kinds } from './index';

/** Merge patches (with dryRun) of some objects, and what a real v1.36.3 answered: the spec, or every cause of refusal. */
const text = readFileSync(new URL('./fixtures/updates.json', import.meta.url), 'utf8');
const recorded: unknown = JSON.parse(text);
const list = (name: string) => {
  const value = isJsonObject(recorded) ? recorded[name] : undefined;
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
};
let server: Awaited<ReturnType<typeof testServer>>;

function pathOf(plural: unknown): string {
  const kind = kinds.find((one) => one.plural === plural);
  if (!kind) throw new Error(`no kind ${String(plural)}`);
  const root = kind.group === '' ? '/api/v1' : `/apis/${kind.group}/${kind.version}`;
  return `${root}${kind.namespaced ? '/namespaces/default' : ''}/${kind.plural}`;
}

beforeAll(async () => {
  server = await testServer({ kinds, schema: schemaForTests() });
  await server.ask('POST', pathOf('serviceaccounts'), { metadata: { name: 'default' } });
  const annotations = { 'storageclass.kubernetes.io/is-default-class': 'true' };
  const standard = { metadata: { name: 'standard', annotations }, provisioner: 'kubernetes.io/host-path' };
  await server.ask('POST', pathOf('storageclasses'), standard);
  for (const { plural, object } of list('objects')) {
    const { status, text: why } = await server.ask('POST', pathOf(plural), object);
    if (status !== 201) throw new Error(why);
  }
});

afterAll(() => server.close());

async function outcome({ plural, name, patch }: JsonObject): Promise<JsonObject> {
  const type = { 'Content-Type': 'application/merge-patch+json' };
  const { status, json } = await server.ask('PATCH', `${pathOf(plural)}/${String(name)}?dryRun=All`, patch, type);
  if (status === 200) return { spec: plain(json.spec ?? null) };
  const causes = objectAt(json, 'details')?.causes;
  const all = (Array.isArray(causes) ? causes : []).filter(isJsonObject);
  return { causes: all.map(({ field, message }) => `${String(field)}: ${shortened(plural, String(message))}`) };
}

/** Upstream shows a pod's whole internal type in its difference: only what comes before it is compared. */
function shortened(plural: unknown, message: string): string {
  return plural === 'pods' ? (message.split('\n')[0] ?? '') : message;
}

/** Without what chance decides. */
function plain(value: unknown): unknown {
  const shown = JSON.stringify(value)
    .replace(/kube-api-access-[a-z0-9]{5}/g, 'K')
    .replace(/"10\.\d+\.\d+\.\d+"/g, '"IP"')
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'UID')
    .replace(/"nodePort":\d+/g, '"nodePort":1');
  return JSON.parse(shown) as unknown;
}

describe('a real server’s answers to updates', () => {
  const cases = list('answers').map(
    (answer) => [`${String(answer.name)} ${JSON.stringify(answer.patch)}`, answer] as const,
  );

  test.each(cases)('%s', async (_, answer) => {
    const { spec, causes } = answer;
    expect(await outcome(answer)).toEqual(causes ? { causes } : { spec });
  });
});
