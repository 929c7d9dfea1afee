import { futureVersionError } from '../errors';
import { getObject } from '../operations/get';
import { listObjects, parseRevision, selectionOf } from '../operations/list';
import type { Exchange } from './exchange';
import { listQuery, watchQuery } from './parameters';
import { validateWatchQuery, WatchStream, type EventEncoder } from './watchStream';

export function serveGet(exchange: Exchange): void {
  const asked = parseRevision(exchange.query.get('resourceVersion') ?? '', 'get');
  const current = exchange.core.storage.revision;
  if (asked !== undefined && asked > current) throw futureVersionError(asked, current);
  exchange.sendObject(getObject(exchange.core, exchange.target));
}

export function serveList(exchange: Exchange): Promise<void> {
  const { core, kind, namespace, query } = exchange;
  return exchange.sendList(listObjects(core, kind, namespace, listQuery(query)));
}

/** `open` keeps the stream for the time it lasts, to end it when the server closes. */
export async function serveWatch(exchange: Exchange, open: Set<WatchStream>, encoder: EventEncoder): Promise<void> {
  const { core, kind, namespace, output, context, route } = exchange;
  const query = watchQuery(exchange.query);
  validateWatchQuery(query);
  const selection = selectionOf(kind, namespace, query, route.name);
  // A revision that is none is refused at once; only what is too old has to be told in the stream.
  parseRevision(query.resourceVersion, 'watch');
  const stream = new WatchStream({ core, kind, selection, query, output, context }, exchange.response, encoder);
  open.add(stream);
  try {
    await stream.run();
  } finally {
    open.delete(stream);
  }
}
