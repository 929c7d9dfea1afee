import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import type { KubernetesObject } from '../../../../lib/kubernetes/metadata';
import { StatusError } from '../../status';
import { decodeTyped } from '../decode/typed';
import { isJsonObject, type JsonObject } from '../json';
import { createObject } from '../operations/create';
import { schemaForTests } from '../schema/testSchema';
import { admin, testApi } from '../testing';
import { kinds } from './index';

/**
 * Manifests, good and bad, and what a real v1.36.3 answered to each (with dryRun): the object as it would have been stored,
 * or every cause of its refusal in order.
 */
const text = readFileSync(new URL('./fixtures/answers.json', import.meta.url), 'utf8');
const recorded: unknown = JSON.parse(text);
const answers = (Array.isArray(recorded) ? recorded : []).filter(isJsonObject);
let api: Awaited<ReturnType<typeof testApi>>;

beforeAll(async () => {
  api = await testApi({ kinds });
  await api.client.create('serviceaccounts', { metadata: { name: 'default' } }, 'default');
  await api.client.create('storageclasses', {
    metadata: { name: 'standard', annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
    provisioner: 'kubernetes.io/host-path',
  });
});

function isObject(value: unknown): value is KubernetesObject {
  return isJsonObject(value) && isJsonObject(value.metadata);
}

/** The outcome of a create, in the form in which the fixture holds it. */
async function outcome(plural: unknown, object: unknown): Promise<JsonObject> {
  const kind = kinds.find((one) => one.plural === plural);
  const decoded = kind && decodeTyped(schemaForTests(), kind.message, object).value;
  if (!kind || !isObject(decoded)) throw new Error(`no case for ${String(plural)}`);
  const warnings: string[] = [];
  const call = { user: admin, manager: 'test', dryRun: true, warnings };
  const namespace = kind.namespaced ? 'default' : '';
  try {
    const made = await createObject(api.api.core, call, kind, namespace, decoded);
    return { ...(warnings.length > 0 ? { warnings } : {}), created: asCreated(made) };
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    const causes = error.details?.causes?.map((cause) => `${cause.field}: ${cause.message}`);
    const warned = warnings.length > 0 ? { warnings } : {};
    return plain({ ...warned, ...(causes ? { causes } : { message: error.message }) });
  }
}

const givenByServer = ['uid', 'creationTimestamp', 'resourceVersion', 'managedFields', 'namespace', 'name'];

function asCreated(made: KubernetesObject): JsonObject {
  const rest = Object.entries(made).filter(([name]) => !['kind', 'apiVersion', 'metadata'].includes(name));
  const metadata = Object.entries(made.metadata).filter(([name]) => !givenByServer.includes(name));
  return plain({ metadata: Object.fromEntries(metadata), ...Object.fromEntries(rest) });
}

/** Without what chance and the clock decide. */
function plain(value: unknown): JsonObject {
  const shown = JSON.stringify(value)
    .replace(/kube-api-access-[a-z0-9]{5}/g, 'kube-api-access-xxxxx')
    .replace(/"10\.\d+\.\d+\.\d+"/g, '"10.0.0.1"')
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'UID')
    .replace(/"nodePort":\d+/g, '"nodePort":30000')
    .replace(/"lastPhaseTransitionTime":"[^"]*"/g, '"lastPhaseTransitionTime":"now"');
  const parsed: unknown = JSON.parse(shown);
  return isJsonObject(parsed) ? parsed : {};
}

describe('a real server’s answers', () => {
  test.each(answers.map((answer) => [String(answer.name), answer] as const))('%s', async (_, answer) => {
    const { plural, object, warnings, created, causes, message } = answer;
    expect(await outcome(plural, object)).toEqual(plain({ warnings, created, causes, message }));
  });
});
