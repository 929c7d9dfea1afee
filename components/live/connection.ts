import { io, type Socket } from 'socket.io-client';
import { streamPath, type PageToServer, type ServerToPage } from '../../lib/stream/protocol';

export type LiveSocket = Socket<ServerToPage, PageToServer>;

let basePath = '';
let socket: LiveSocket | undefined;

/** Before the first connection; later calls with the same path change nothing. */
export function setBasePath(path: string): void {
  basePath = path;
}

/** One connection for the whole page, opened when first asked for. Only in a browser. */
export function connection(): LiveSocket {
  socket ??= opened();
  return socket;
}

function opened(): LiveSocket {
  const opening: LiveSocket = io({
    path: `${basePath}${streamPath}`,
    // Polling first would cost the server three times as much for each page; it stays for networks that forbid WebSockets.
    transports: ['websocket', 'polling'],
    tryAllTransports: true,
    reconnectionDelay: 250,
    reconnectionDelayMax: 2000,
    randomizationFactor: 0.5,
    timeout: 5000,
  });
  // A server that ends in good order says goodbye, which socket.io takes for "do not come back". It will be started again.
  opening.on('disconnect', (reason) => reason === 'io server disconnect' && opening.connect());
  return opening;
}
