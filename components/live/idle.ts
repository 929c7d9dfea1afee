/** Runs a task when there is nothing more urgent to do, and soon in any case. */
export type WhenIdle = (task: () => void) => void;

/** Longer than this, in milliseconds, nobody waits: more often nobody can read along. */
const patienceMs = 400;

/** Safari has no idle moments to give away before version 26: there it is every so often. */
export const browserIdle: WhenIdle = (task) => {
  if ('requestIdleCallback' in globalThis) requestIdleCallback(task, { timeout: patienceMs });
  else setTimeout(task, patienceMs);
};
