/** The page's side: how evenly it draws while it is looked at for a while. */

/** A frame that took more than one and a half of a sixtieth of a second is one that was not drawn in time. */
const lateMs = 25;

/** Looks for `ms` and tells each frame's length, the browser's own long animation frames, and the main thread's work. */
export async function watchFrames(page, ms) {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Performance.enable');
  const busy = async () => {
    const { metrics } = await devtools.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'TaskDuration').value * 1000;
  };
  const before = await busy();
  const { frames, long } = await page.evaluate(count, ms);
  const worked = (await busy()) - before;
  await devtools.detach();
  const late = frames.filter((frame) => frame > lateMs).length;
  return {
    perSecond: (frames.length / ms) * 1000,
    lateShare: late / frames.length,
    longest: Math.max(...frames),
    long: long.length,
    blockedMs: long.reduce((sum, { blocking }) => sum + blocking, 0),
    busyShare: worked / ms,
  };
}

/** Runs in the page. */
function count(ms) {
  return new Promise((resolve) => {
    const frames = [];
    const long = [];
    const observer = new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) long.push({ duration: entry.duration, blocking: entry.blockingDuration });
    });
    observer.observe({ type: 'long-animation-frame' });
    let last;
    const began = performance.now();
    const look = (now) => {
      if (last !== undefined) frames.push(now - last);
      last = now;
      if (performance.now() - began < ms) requestAnimationFrame(look);
      else {
        observer.disconnect();
        resolve({ frames, long });
      }
    };
    requestAnimationFrame(look);
  });
}
