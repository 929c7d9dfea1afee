import { parseCascade, parseName, parseNamespace } from '../../../lib/actions/parse';
import { answerJson } from '../answer';
import { param, type Route } from '../route';

/** With its ReplicaSets and pods, or leaving the ReplicaSets, which go on by themselves. */
export const deleteDeploymentRoute: Route = {
  method: 'DELETE',
  path: '/api/namespaces/:namespace/deployments/:deployment',
  intent: 'deleteDeployment',
  async handle(exchange) {
    const { deps, response, query } = exchange;
    const namespace = parseNamespace(param(exchange, 'namespace'));
    const name = parseName(param(exchange, 'deployment'));
    const propagationPolicy = parseCascade(query.get('cascade')) === 'orphan' ? 'Orphan' : 'Background';
    await deps.client.deleteObject('deployments', namespace, name, { propagationPolicy });
    answerJson(response, 202, { objects: [{ object: `deployment.apps/${name}`, outcome: 'deleted' }] });
  },
};
