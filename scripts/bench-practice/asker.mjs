/** `node asker.mjs KUBECONFIG PATH`, told by messages: how long a get of this path takes, again and again. */
import { Client } from './client.mjs';

const [kubeconfig, path] = process.argv.slice(2);
const client = new Client(kubeconfig);
const pauseMs = 5;
let asking = Promise.resolve([]);
let isOver = false;

async function get() {
  const before = performance.now();
  await client.json('GET', path);
  return performance.now() - before;
}

async function idle() {
  for (let round = 0; round < 200; round++) await get();
  const took = [];
  for (let round = 0; round < 500; round++) took.push(await get());
  return took;
}

async function untilOver() {
  const took = [];
  while (!isOver) {
    took.push(await get());
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
  return took;
}

const words = {
  idle,
  begin() {
    asking = untilOver();
    return true;
  },
  end() {
    isOver = true;
    return asking;
  },
};

process.on('message', async (word) => process.send({ [word]: await words[word]() }));
process.on('disconnect', () => process.exit());
process.send({ isReady: true });
