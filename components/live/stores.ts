import { BoardStore } from './boardStore';
import { connection, type LiveSocket } from './connection';
import { readHistory } from '../http/read';
import { HistoryStore } from './historyStore';
import { browserNetwork } from './network';
import { ServerClock } from './serverClock';

const stores = new Map<string, BoardStore>();
const clock = new ServerClock();
let isAsking = false;

/** One for each namespace, kept for the page's life: coming back to a board shows it at once, and resumes. */
export function storeOf(namespace: string): BoardStore {
  const known = stores.get(namespace);
  if (known) return known;
  const socket = connection();
  keepTime(socket);
  const store = new BoardStore(namespace, socket, clock, browserNetwork);
  stores.set(namespace, store);
  return store;
}

const histories = new Map<string, HistoryStore>();

/** The past of a namespace; asked for by its first subscriber. */
export function historyStoreOf(namespace: string): HistoryStore {
  const known = histories.get(namespace);
  if (known) return known;
  const store = new HistoryStore(storeOf(namespace), () => readHistory(namespace), clock);
  histories.set(namespace, store);
  return store;
}

/** Board times are the server's clock; this is the same moment in the page's. */
export function toPageTime(serverMs: number): number {
  return clock.toPage(serverMs);
}

function keepTime(socket: LiveSocket): void {
  if (isAsking) return;
  isAsking = true;
  const ask = (): void => {
    if (!socket.connected) return;
    const sentAt = Date.now();
    socket.emit('time', (serverMs) => clock.sample(sentAt, Date.now(), serverMs));
  };
  socket.on('connect', ask);
  setInterval(ask, 20_000);
}
