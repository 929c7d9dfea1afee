import type { Clock } from './clock';
import { wordsOf, type ClusterProcess } from './clusterProcess';

interface KeepOptions {
  clock: Clock;
  tell(message: string): void;
}

/** The first new start comes at once, as people watch; one that fails again and again must not keep the machine busy. */
const firstPauseMs = 200;
const longestPauseMs = 30_000;
/** A run of this length was a good one: what ended it has nothing to do with the ends before it. */
const steadyMs = 60_000;

/** Starts a process again, with growing pauses, each time it has ended by itself. */
export function keepRunning(first: ClusterProcess, again: () => ClusterProcess, { clock, tell }: KeepOptions) {
  const stopped = new AbortController();
  let current = first;

  const keep = async (): Promise<void> => {
    let pauseMs = firstPauseMs;
    let startedAt = clock.now();
    for (;;) {
      const ended = await current.exited;
      if (stopped.signal.aborted) return;
      if (clock.now() - startedAt >= steadyMs) pauseMs = firstPauseMs;
      tell(`the practice cluster has ended by itself (${wordsOf(ended)}); it is started again in ${pauseMs / 1000} s`);
      await clock.sleep(pauseMs, stopped.signal);
      if (stopped.signal.aborted) return;
      pauseMs = Math.min(pauseMs * 2, longestPauseMs);
      startedAt = clock.now();
      current = again();
      current.ready.then(
        ({ url }) => tell(`the practice cluster answers again at ${url}`),
        // Its end is told above, and its own words are on stderr.
        () => undefined,
      );
    }
  };
  const keeping = keep();

  return {
    /** Ends it in order, even while it starts; resolves when no process is left. */
    async stop(): Promise<void> {
      stopped.abort();
      current.end();
      await keeping;
    },
  };
}
