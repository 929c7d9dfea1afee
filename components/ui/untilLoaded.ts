const againMs = 2000;

/**
 * For what is loaded when it is first needed: asked for again until it comes. Without a network it cannot come, and a page that tells
 * how stale it is must not fail over that. Code that came and failed fails still.
 */
export function untilLoaded<T>(load: () => Promise<T>): () => Promise<T> {
  return async () => {
    for (;;) {
      try {
        return await load();
      } catch (error) {
        if (!(error instanceof Error) || error.name !== 'ChunkLoadError') throw error;
        await new Promise((resolve) => setTimeout(resolve, againMs));
      }
    }
  };
}
