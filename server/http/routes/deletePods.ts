import { parseName, parseNamespace } from '../../../lib/actions/parse';
import { resourcePath } from '../../../lib/kubernetes/resources';
import { ClusterError } from '../../kubernetes/errors';
import { at, listAt, textAt } from '../../kubernetes/json';
import { answerJson, HttpError } from '../answer';
import { param, type Deps, type Route } from '../route';

export const deletePodRoute: Route = {
  method: 'DELETE',
  path: '/api/namespaces/:namespace/pods/:pod',
  intent: 'deletePod',
  async handle(exchange) {
    const { deps, response } = exchange;
    const namespace = parseNamespace(param(exchange, 'namespace'));
    const pod = parseName(param(exchange, 'pod'));
    await deps.client.deleteObject('pods', namespace, pod, { propagationPolicy: 'Background' });
    answerJson(response, 202, { objects: [{ object: `pod/${pod}`, outcome: 'deleted' }] });
  },
};

/** All pods that a set controls at this moment, told apart by its uid: labels may match the pods of others too. */
export const deletePodsRoute: Route = {
  method: 'DELETE',
  path: '/api/namespaces/:namespace/pods',
  intent: 'deletePods',
  async handle(exchange) {
    const { deps, response, query } = exchange;
    const namespace = parseNamespace(param(exchange, 'namespace'));
    const given = query.get('set');
    if (given === null) throw new HttpError('invalid', 'Say which: ?set=NAME.', 400);
    const pods = await podsOf(deps, namespace, parseName(given));
    for (const pod of pods) await deletePod(deps, namespace, pod);
    answerJson(response, 202, { objects: pods.map(({ name }) => ({ object: `pod/${name}`, outcome: 'deleted' })) });
  },
};

interface OwnedPod {
  name: string;
  uid: string;
}

async function podsOf(deps: Deps, namespace: string, set: string): Promise<OwnedPod[]> {
  const owner = textAt(await deps.client.get(resourcePath('statefulsets', namespace, set)), 'metadata', 'uid');
  const list = await deps.client.get(resourcePath('pods', namespace));
  return listAt(list, 'items').flatMap((pod) => {
    const isOurs = listAt(pod, 'metadata', 'ownerReferences').some(
      (reference) => textAt(reference, 'uid') === owner && at(reference, 'controller') === true,
    );
    const [name, uid] = [textAt(pod, 'metadata', 'name'), textAt(pod, 'metadata', 'uid')];
    return isOurs && name !== undefined && uid !== undefined ? [{ name, uid }] : [];
  });
}

/** The pod that was listed, and not its successor: one that the controller has made anew meanwhile stays. */
async function deletePod(deps: Deps, namespace: string, { name, uid }: OwnedPod): Promise<void> {
  try {
    await deps.client.deleteObject('pods', namespace, name, { preconditions: { uid } });
  } catch (error) {
    const isGone = error instanceof ClusterError && (error.code === 404 || error.code === 409);
    if (!isGone) throw error;
  }
}
