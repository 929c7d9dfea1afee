import type { Accepted } from '../../../lib/actions/contracts';
import { parseNamespace } from '../../../lib/actions/parse';
import { ClusterError } from '../../kubernetes/errors';
import { textAt } from '../../kubernetes/json';
import { parseManifests, type Manifest } from '../../kubernetes/manifest';
import { answerJson } from '../answer';
import { expectType, readText } from '../body';
import { param, type Deps, type Route } from '../route';

export const manifestTypes = ['application/yaml', 'application/x-yaml', 'text/yaml', 'application/json'];
export const maxManifestBytes = 1024 * 1024;

/** Server-side apply of every document, in order. What was applied before one is refused stays, as with kubectl. */
export const applyRoute: Route = {
  method: 'POST',
  path: '/api/namespaces/:namespace/apply',
  intent: 'apply',
  async handle(exchange) {
    const { deps, request, response, query } = exchange;
    expectType(request, manifestTypes);
    const namespace = parseNamespace(param(exchange, 'namespace'));
    const manifests = parseManifests(await readText(request, maxManifestBytes));
    const accepted: Accepted = { objects: [] };
    const warnings: string[] = [];
    for (const manifest of manifests) {
      const applied = await apply(deps, namespace, manifest, query.get('force') === 'true');
      accepted.objects.push(applied.object);
      warnings.push(...applied.warnings);
    }
    answerJson(response, 200, warnings.length > 0 ? { ...accepted, warnings } : accepted);
  },
};

async function apply(deps: Deps, namespace: string, manifest: Manifest, force: boolean) {
  const { path, label } = await deps.paths.find(manifest, namespace);
  const before = await revisionOf(deps, path);
  const query = { fieldValidation: 'Strict', force };
  const { object, warnings } = await deps.client.patch(path, manifest.object, 'apply', query);
  const after = textAt(object, 'metadata', 'resourceVersion');
  const outcome: Accepted['objects'][number]['outcome'] =
    before === undefined ? 'created' : before === after ? 'unchanged' : 'configured';
  return { object: { object: label, outcome }, warnings };
}

async function revisionOf(deps: Deps, path: string): Promise<string | undefined> {
  try {
    return textAt(await deps.client.get(path), 'metadata', 'resourceVersion');
  } catch (error) {
    if (error instanceof ClusterError && error.code === 404) return undefined;
    throw error;
  }
}
