import type { WorkloadKind } from '../../../lib/actions/contracts';
import { parseName, parseNamespace, parseScale } from '../../../lib/actions/parse';
import { answerJson } from '../answer';
import { readJson } from '../body';
import { param, type Route } from '../route';

function scaleOf(workload: WorkloadKind, intent: Route['intent']): Route {
  return {
    method: 'POST',
    path: `/api/namespaces/:namespace/${workload}s/:name/scale`,
    intent,
    async handle(exchange) {
      const { deps, request, response } = exchange;
      const namespace = parseNamespace(param(exchange, 'namespace'));
      const name = parseName(param(exchange, 'name'));
      await deps.client.scale(workload, namespace, name, parseScale(await readJson(request, 1024)));
      answerJson(response, 202, { objects: [{ object: `${workload}.apps/${name}`, outcome: 'scaled' }] });
    },
  };
}

export const scaleRoute = scaleOf('statefulset', 'scale');
export const scaleDeploymentRoute = scaleOf('deployment', 'scaleDeployment');
