import { parseName, parseNamespace, parseScale } from '../../../lib/actions/parse';
import { answerJson } from '../answer';
import { readJson } from '../body';
import { param, type Route } from '../route';

export const scaleRoute: Route = {
  method: 'POST',
  path: '/api/namespaces/:namespace/statefulsets/:set/scale',
  intent: 'scale',
  async handle(exchange) {
    const { deps, request, response } = exchange;
    const namespace = parseNamespace(param(exchange, 'namespace'));
    const set = parseName(param(exchange, 'set'));
    await deps.client.scale(namespace, set, parseScale(await readJson(request, 1024)));
    answerJson(response, 202, { objects: [{ object: `statefulset.apps/${set}`, outcome: 'scaled' }] });
  },
};
