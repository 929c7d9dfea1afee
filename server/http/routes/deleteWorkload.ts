import type { WorkloadKind } from '../../../lib/actions/contracts';
import { parseCascade, parseName, parseNamespace } from '../../../lib/actions/parse';
import { answerJson } from '../answer';
import { param, type Route } from '../route';

function deletionOf(workload: WorkloadKind, intent: Route['intent']): Route {
  return {
    method: 'DELETE',
    path: `/api/namespaces/:namespace/${workload}s/:name`,
    intent,
    async handle(exchange) {
      const { deps, response, query } = exchange;
      const namespace = parseNamespace(param(exchange, 'namespace'));
      const name = parseName(param(exchange, 'name'));
      const propagationPolicy = parseCascade(query.get('cascade')) === 'orphan' ? 'Orphan' : 'Background';
      await deps.client.deleteObject(`${workload}s`, namespace, name, { propagationPolicy });
      answerJson(response, 202, { objects: [{ object: `${workload}.apps/${name}`, outcome: 'deleted' }] });
    },
  };
}

/** With its pods, or leaving them as orphans. Its claims stay either way, unless the set itself says otherwise. */
export const deleteSetRoute = deletionOf('statefulset', 'deleteSet');
/** With its ReplicaSets and pods, or leaving the ReplicaSets, which go on by themselves. */
export const deleteDeploymentRoute = deletionOf('deployment', 'deleteDeployment');
