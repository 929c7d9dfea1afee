import { parseCascade, parseName, parseNamespace } from '../../../lib/actions/parse';
import { answerJson } from '../answer';
import { param, type Route } from '../route';

/** With its pods, or leaving them as orphans. Its claims stay either way, unless the set itself says otherwise. */
export const deleteSetRoute: Route = {
  method: 'DELETE',
  path: '/api/namespaces/:namespace/statefulsets/:set',
  intent: 'deleteSet',
  async handle(exchange) {
    const { deps, response, query } = exchange;
    const namespace = parseNamespace(param(exchange, 'namespace'));
    const set = parseName(param(exchange, 'set'));
    const propagationPolicy = parseCascade(query.get('cascade')) === 'orphan' ? 'Orphan' : 'Background';
    await deps.client.deleteObject('statefulsets', namespace, set, { propagationPolicy });
    answerJson(response, 202, { objects: [{ object: `statefulset.apps/${set}`, outcome: 'deleted' }] });
  },
};
