import { freePatch } from '../../../lib/actions/kubectlLine';
import { parseName } from '../../../lib/actions/parse';
import { resourcePath } from '../../../lib/kubernetes/resources';
import { textAt } from '../../kubernetes/json';
import { answerJson, HttpError } from '../answer';
import { param, type Route } from '../route';

/**
 * Makes a Released or Failed volume forget the claim that it had; the volume controller then says Available (syncVolume in
 * pkg/controller/volume/persistentvolume/pv_controller.go). One that is bound keeps its claim: without the reference the controller
 * would give the claim up as Lost. The patch asks again for the very claim that was seen, so that one which has meanwhile been
 * bound to another is left alone.
 */
export const freeVolumeRoute: Route = {
  method: 'DELETE',
  path: '/api/persistentvolumes/:volume/claimRef',
  intent: 'freeVolume',
  async handle(exchange) {
    const volume = parseName(param(exchange, 'volume'));
    const path = resourcePath('persistentvolumes', undefined, volume);
    const found = await exchange.deps.client.get(path);
    const phase = textAt(found, 'status', 'phase') ?? '';
    const uid = textAt(found, 'spec', 'claimRef', 'uid');
    if (uid === undefined || (phase !== 'Released' && phase !== 'Failed')) {
      const message = `Volume ${volume} is ${phase || 'not ready'}: only one whose claim is gone can be freed.`;
      throw new HttpError('conflict', message, 409);
    }
    const isTheSame = { op: 'test', path: '/spec/claimRef/uid', value: uid };
    await exchange.deps.client.patch(path, [isTheSame, ...freePatch], 'json');
    answerJson(exchange.response, 202, { objects: [{ object: `persistentvolume/${volume}`, outcome: 'freed' }] });
  },
};
