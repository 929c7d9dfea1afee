/**
 * Pages without a picture, in a process of their own: each opens a board and follows it, as `components/live` does. Told
 * `count`, it answers how many are connected and how many frames with changes they have been sent.
 */
import { io } from 'socket.io-client';

const [url, count, ...namespaces] = process.argv.slice(2);
let frames = 0;

const viewers = await Promise.all(
  Array.from({ length: Number(count) }, async (_, index) => {
    const viewer = io(url, { transports: ['websocket'], forceNew: true });
    const opened = new Promise((done) => viewer.once('snapshot', done));
    viewer.on('connect', () => viewer.emit('watch', { namespace: namespaces[index % namespaces.length] }));
    viewer.on('patch', () => (frames += 1));
    await opened;
    return viewer;
  }),
);

process.on('message', () => {
  process.send({ connected: viewers.filter((viewer) => viewer.connected).length, frames });
});
process.on('disconnect', () => process.exit(0));
process.send('ready');
