/**
 * Loaded before the practice cluster's program (`node --import`), and only by the benchmark: answers over the process's channel
 * how long the event loop was blocked, and how much memory is held. The product itself is measured as it is shipped.
 */
import { monitorEventLoopDelay, PerformanceObserver } from 'node:perf_hooks';

const resolutionMs = 1;
const delay = monitorEventLoopDelay({ resolution: resolutionMs });
let gcMs = 0;
const collections = new PerformanceObserver((list) => {
  for (const { duration } of list.getEntries()) gcMs = Math.max(gcMs, duration);
});
const megabyte = 1024 * 1024;

const answers = {
  /** Begins a new span of time. */
  begin() {
    gcMs = 0;
    collections.observe({ entryTypes: ['gc'] });
    delay.enable();
    delay.reset();
    return {};
  },
  /** The longest block since `begin`, and the longest pause for collecting garbage, in milliseconds. */
  end() {
    delay.disable();
    collections.disconnect();
    return { longestMs: Math.max(0, delay.max / 1e6 - resolutionMs), gcMs };
  },
  /** In MB. `collect` asks for a full collection before; without it the memory is as the process happens to hold it. */
  memory({ collect }) {
    if (collect) globalThis.gc?.();
    const { rss, heapUsed } = process.memoryUsage();
    return { rss: rss / megabyte, heapUsed: heapUsed / megabyte };
  },
};

process.on('message', ({ ask, number, ...given }) => {
  if (ask in answers) process.send({ number, answer: answers[ask](given) });
});
