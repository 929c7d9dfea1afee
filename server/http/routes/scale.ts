import { parseName, parseNamespace, parseScale } from '../../../lib/actions/parse';
import { parseJson } from '../../kubernetes/json';
import { answerJson, HttpError } from '../answer';
import { expectType, readText } from '../body';
import { param, type Route } from '../route';

export const scaleRoute: Route = {
  method: 'POST',
  path: '/api/namespaces/:namespace/statefulsets/:set/scale',
  intent: 'scale',
  async handle(exchange) {
    const { deps, request, response } = exchange;
    expectType(request, ['application/json']);
    const namespace = parseNamespace(param(exchange, 'namespace'));
    const set = parseName(param(exchange, 'set'));
    const body = parseJson(await readText(request, 1024));
    if (body === undefined) throw new HttpError('invalid', 'The body is not JSON.', 400);
    await deps.client.scale(namespace, set, parseScale(body));
    answerJson(response, 202, { objects: [{ object: `statefulset.apps/${set}`, outcome: 'scaled' }] });
  },
};
