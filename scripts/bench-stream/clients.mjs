/** The viewers: many connections in one process, which count what they get and do nothing else. */
import WebSocket from 'ws';

const [side, port, countText] = process.argv.slice(2);
const path = side === 'ours' ? '/socket.io/?EIO=4&transport=websocket' : '/';
let received = 0;
let ready = 0;

/** Just enough of socket.io: open, join the main namespace, watch, answer pings. */
function talk(socket, data) {
  const kind = data[0] === 0x34 ? data.toString('latin1', 0, 12) : String.fromCharCode(data[0]);
  if (kind === '0') socket.send('40');
  else if (kind === '2') socket.send('3');
  else if (kind.startsWith('40')) socket.send('42["watch",{"namespace":"bench"}]');
  else if (kind.startsWith('42["patch"')) received += 1;
  else if (kind.startsWith('42["snapshot')) ready += 1;
}

for (let index = 0; index < Number(countText); index++) {
  const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, { perMessageDeflate: false });
  socket.on('error', (error) => {
    console.error(error.message);
    process.exit(1);
  });
  if (side === 'ours') socket.on('message', (data) => talk(socket, data));
  else {
    socket.on('open', () => (ready += 1));
    socket.on('message', () => (received += 1));
  }
  if (index % 50 === 49) await new Promise((resolve) => setTimeout(resolve, 20));
}

const waiting = setInterval(() => {
  if (ready < Number(countText)) return;
  clearInterval(waiting);
  process.send({ ready: true });
}, 20);
process.on('message', () => process.send({ received }));
process.on('disconnect', () => process.exit(0));
