/**
 * One side of the measurement, a process of its own: `ours` is the dashboard's stream as it is, `raw` a WebSocket server
 * that sends one ready-made buffer to each client. Commands come over IPC; CPU time is that of the whole process.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { deriveBoard } from '../../lib/board/derive';
import { World } from '../../lib/board/testing';
import { systemClock } from '../../server/clock';
import { Stream } from '../../server/stream/stream';

const [side, sizeText] = process.argv.slice(2);
const size = Number(sizeText);
const text = 'x'.repeat(size);
const http = createServer();
const send = side === 'ours' ? ours() : raw();
let sent = 0;
let timer: NodeJS.Timeout | undefined;

http.listen(0, '127.0.0.1', () => process.send?.({ port: (http.address() as AddressInfo).port }));

process.on('message', (command) => {
  if (command === 'start') {
    const cpu = process.cpuUsage();
    const frames = setInterval(send, 100);
    timer = setTimeout(() => {
      clearInterval(frames);
      const used = process.cpuUsage(cpu);
      process.send?.({ cpuMicros: used.user + used.system, sent });
    }, 3000);
  }
  if (command === 'end') {
    clearTimeout(timer);
    process.exit(0);
  }
});

function ours(): () => void {
  const board = deriveBoard(new World().snapshot());
  let version = 1;
  const stream = new Stream({
    http,
    basePath: '',
    clock: systemClock,
    refusal: () => undefined,
    boards: {
      hold: () => () => undefined,
      now: () => ({ position: { epoch: 'bench', version }, at: 0, board }),
      since: () => undefined,
    },
    health: () => ({ state: 'live' }),
  });
  return () => {
    const from = version++;
    sent += 1;
    // What a change costs before it is a frame (deriving, comparing) is paid once, however many look on; encoding is part of it here.
    const sentAt = Date.now();
    stream.publish({ namespace: 'bench', epoch: 'bench', from, sentAt, patches: [{ v: text }], times: [sentAt] });
  };
}

function raw(): () => void {
  const server = new WebSocketServer({ server: http, perMessageDeflate: false });
  const buffer = Buffer.from(JSON.stringify({ text }));
  return () => {
    sent += 1;
    for (const client of server.clients) client.send(buffer, { binary: false });
  };
}
