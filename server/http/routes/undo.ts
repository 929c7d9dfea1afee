import { parseName, parseNamespace, parseRevision } from '../../../lib/actions/parse';
import { resourcePath } from '../../../lib/kubernetes/resources';
import { at, listAt, numberAt, textAt } from '../../kubernetes/json';
import { answerJson, HttpError } from '../answer';
import { readJson } from '../body';
import { param, type Deps, type Route } from '../route';

/**
 * Rolls a set back as `kubectl rollout undo --to-revision` does (k8s.io/kubectl/pkg/polymorphichelpers/rollback.go): the data of the
 * ControllerRevision is itself a strategic merge patch of the set, and its `$patch: replace` takes out what came since. The
 * controller then finds a template it remembers and gives that revision a new, highest number.
 */
export const undoRoute: Route = {
  method: 'POST',
  path: '/api/namespaces/:namespace/statefulsets/:set/undo',
  intent: 'undo',
  async handle(exchange) {
    const { deps, request, response } = exchange;
    const namespace = parseNamespace(param(exchange, 'namespace'));
    const set = parseName(param(exchange, 'set'));
    const wanted = parseRevision(await readJson(request));
    const path = resourcePath('statefulsets', namespace, set);
    const before = await deps.client.get(path);
    const data = await dataOf(deps, namespace, textAt(before, 'metadata', 'uid'), wanted);
    const { object: after } = await deps.client.patch(path, data, 'strategic');
    const isSame = numberAt(before, 'metadata', 'generation') === numberAt(after, 'metadata', 'generation');
    const outcome = isSame ? 'unchanged' : 'configured';
    answerJson(response, 202, { objects: [{ object: `statefulset.apps/${set}`, outcome }] });
  },
};

async function dataOf(deps: Deps, namespace: string, owner: string | undefined, wanted: number): Promise<object> {
  const list = await deps.client.get(resourcePath('controllerrevisions', namespace));
  const found = listAt(list, 'items').find((revision) => {
    const isOwned = listAt(revision, 'metadata', 'ownerReferences').some(
      (reference) => textAt(reference, 'uid') === owner && at(reference, 'controller') === true,
    );
    return isOwned && numberAt(revision, 'revision') === wanted;
  });
  const data = at(found, 'data');
  if (typeof data === 'object' && data !== null) return data;
  throw new HttpError('notFound', `unable to find specified revision ${wanted} in history`, 404);
}
