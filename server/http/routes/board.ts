import { boardHeaders } from '../../../lib/actions/contracts';
import { parseNamespace } from '../../../lib/actions/parse';
import { formatPosition, parsePosition } from '../../../lib/stream/protocol';
import { answerJson, HttpError } from '../answer';
import { param, type Route } from '../route';

export const boardRoute: Route = {
  method: 'GET',
  path: '/api/boards/:namespace',
  intent: 'read',
  async handle(exchange) {
    const { deps, response, query } = exchange;
    const namespace = parseNamespace(param(exchange, 'namespace'));
    const at = query.get('at');
    if (at === null) {
      await deps.boards.ready(namespace);
      const { position, at: since, board } = deps.boards.now(namespace);
      return answerJson(response, 200, board, {
        [boardHeaders.version]: formatPosition(position),
        [boardHeaders.at]: String(since),
      });
    }
    const position = parsePosition(at);
    const moment = position && (await deps.boards.moment(namespace, position));
    if (!moment) {
      throw new HttpError('notFound', `The board at version ${at} is not kept any more. The present one is.`, 404);
    }
    answerJson(response, 200, moment.board, { [boardHeaders.version]: at, [boardHeaders.at]: String(moment.at) });
  },
};
