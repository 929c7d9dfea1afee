import type { Accepted } from '../../../lib/actions/contracts';
import { parseNamespace } from '../../../lib/actions/parse';
import { ClusterError } from '../../kubernetes/errors';
import { parseManifests } from '../../kubernetes/manifest';
import { answerJson } from '../answer';
import { expectType, readText } from '../body';
import { param, type Route } from '../route';
import { manifestTypes, maxManifestBytes } from './apply';

/** Deletes what a manifest names; what is not there is skipped. */
export const deleteManifestRoute: Route = {
  method: 'POST',
  path: '/api/namespaces/:namespace/delete',
  intent: 'deleteManifest',
  async handle(exchange) {
    const { deps, request, response } = exchange;
    expectType(request, manifestTypes);
    const namespace = parseNamespace(param(exchange, 'namespace'));
    const manifests = parseManifests(await readText(request, maxManifestBytes));
    const accepted: Accepted = { objects: [] };
    for (const manifest of manifests) {
      const { path, label } = await deps.paths.find(manifest, namespace);
      try {
        await deps.client.delete(path, { propagationPolicy: 'Background' });
        accepted.objects.push({ object: label, outcome: 'deleted' });
      } catch (error) {
        if (!(error instanceof ClusterError) || error.code !== 404) throw error;
      }
    }
    answerJson(response, 202, accepted);
  },
};
