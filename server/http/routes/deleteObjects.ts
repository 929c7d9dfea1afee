import { parseName, parseNamespace } from '../../../lib/actions/parse';
import { answerJson } from '../answer';
import { param, type Route } from '../route';

/** A claim that a pod still mounts is marked, and goes when the pod has gone. */
export const deleteClaimRoute: Route = {
  method: 'DELETE',
  path: '/api/namespaces/:namespace/persistentvolumeclaims/:claim',
  intent: 'deleteClaim',
  async handle(exchange) {
    const namespace = parseNamespace(param(exchange, 'namespace'));
    const claim = parseName(param(exchange, 'claim'));
    await exchange.deps.client.deleteObject('persistentvolumeclaims', namespace, claim);
    answerJson(exchange.response, 202, { objects: [{ object: `persistentvolumeclaim/${claim}`, outcome: 'deleted' }] });
  },
};

export const deleteVolumeRoute: Route = {
  method: 'DELETE',
  path: '/api/persistentvolumes/:volume',
  intent: 'deleteVolume',
  async handle(exchange) {
    const volume = parseName(param(exchange, 'volume'));
    await exchange.deps.client.deleteObject('persistentvolumes', undefined, volume);
    answerJson(exchange.response, 202, { objects: [{ object: `persistentvolume/${volume}`, outcome: 'deleted' }] });
  },
};

export const deleteNamespaceRoute: Route = {
  method: 'DELETE',
  path: '/api/namespaces/:namespace',
  intent: 'deleteNamespace',
  async handle(exchange) {
    const namespace = parseNamespace(param(exchange, 'namespace'));
    await exchange.deps.client.deleteObject('namespaces', undefined, namespace);
    answerJson(exchange.response, 202, { objects: [{ object: `namespace/${namespace}`, outcome: 'deleted' }] });
  },
};
