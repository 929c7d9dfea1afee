import { strategyPatch } from '../../../lib/actions/kubectlLine';
import { parseName, parseNamespace, parseStrategy } from '../../../lib/actions/parse';
import { resourcePath } from '../../../lib/kubernetes/resources';
import { answerJson } from '../answer';
import { readJson } from '../body';
import { param, type Route } from '../route';

/** When pods of an old revision are replaced: in turn from an ordinal on, or only when somebody deletes them. */
export const strategyRoute: Route = {
  method: 'POST',
  path: '/api/namespaces/:namespace/statefulsets/:set/strategy',
  intent: 'setStrategy',
  async handle(exchange) {
    const { deps, request, response } = exchange;
    const namespace = parseNamespace(param(exchange, 'namespace'));
    const set = parseName(param(exchange, 'set'));
    const strategy = parseStrategy(await readJson(request));
    await deps.client.patch(resourcePath('statefulsets', namespace, set), strategyPatch(strategy), 'strategic');
    answerJson(response, 202, { objects: [{ object: `statefulset.apps/${set}`, outcome: 'configured' }] });
  },
};
