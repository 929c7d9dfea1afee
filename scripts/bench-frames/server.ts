/**
 * The built page and the dashboard's own stream and pace, fed by a made-up board in place of a cluster: `set` is one set of 200 pods,
 * `sets` are 100 sets of 3. On `start`, over IPC, it changes a hundred times a second until `stop`; the answer is how often it did.
 */
import next from 'next';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { KeptHistory } from '../../lib/history/kept';
import { diffBoard } from '../../lib/stream/diff';
import type { BoardPatch } from '../../lib/stream/diff';
import { systemClock } from '../../server/clock';
import { Stream } from '../../server/stream/stream';
import { Pace } from '../../server/watch/pace';
import { boardOf, nextBoard } from './boards';

const changesPerSecond = 100;
const [shape = 'set', dir = '.'] = process.argv.slice(2);
const epoch = 'bench';
const namespace = 'default';

let board = boardOf(shape);
let version = 1;
let unsent: { at: number; patch: BoardPatch }[] = [];
let changes = 0;
const past = new KeptHistory();
past.begin({ position: { epoch, version }, at: Date.now(), board });

const http = createServer();
const stream = new Stream({
  http,
  basePath: '',
  clock: systemClock,
  refusal: () => undefined,
  boards: {
    hold: () => () => undefined,
    now: () => ({ position: { epoch, version }, at: Date.now(), board }),
    since: () => undefined,
  },
  health: () => ({ state: 'live', trueAt: Date.now() }),
});
const pace = new Pace(systemClock, () => {
  const from = version - unsent.length;
  const [patches, times] = [unsent.map(({ patch }) => patch), unsent.map(({ at }) => at)];
  unsent = [];
  stream.publish({ namespace, epoch, from, sentAt: Date.now(), patches, times });
});

function change(): void {
  const after = nextBoard(board, changes);
  const patch = diffBoard(board, after);
  board = after;
  changes += 1;
  if (!patch) return;
  version += 1;
  const step = { at: Date.now(), patch };
  past.append(step, board);
  unsent.push(step);
  pace.request('prompt');
}

/** As many as are due: a timer that comes late must not make it an easier test. */
function storm(): () => void {
  const began = performance.now();
  const first = changes;
  const timer = setInterval(() => {
    const due = ((performance.now() - began) / 1000) * changesPerSecond;
    while (changes - first < due) change();
  }, 1000 / changesPerSecond);
  return () => clearInterval(timer);
}

const app = next({ dev: false, dir });
await app.prepare();
const pages = app.getRequestHandler();
const answers: Record<string, () => unknown> = {
  '/api/contexts': () => ({ current: { name: 'bench', namespace }, practice: true, contexts: [] }),
  '/api/namespaces': () => ({ defaultNamespace: namespace, namespaces: [] }),
  [`/api/boards/${namespace}/history`]: () => ({ namespace, stretches: past.stretches }),
};
http.on('request', (request: IncomingMessage, response: ServerResponse) => {
  const { pathname } = new URL(request.url ?? '/', 'http://localhost');
  if (pathname.startsWith('/socket.io/')) return;
  const answer = answers[pathname];
  if (answer) response.setHeader('Content-Type', 'application/json').end(JSON.stringify(answer()));
  else void pages(request, response);
});
http.listen(0, '127.0.0.1', () => process.send?.({ port: (http.address() as AddressInfo).port }));

let calm = () => undefined as void;
process.on('message', (command) => {
  if (command === 'start') calm = storm();
  if (command === 'stop') {
    calm();
    process.send?.({ changes });
  }
});
process.on('disconnect', () => process.exit(0));
