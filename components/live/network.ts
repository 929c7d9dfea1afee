/** What the browser knows of its own network. */
export interface Network {
  isOnLine(): boolean;
  /** Calls when that changes; returns what ends it. */
  subscribe(listener: () => void): () => void;
}

export const browserNetwork: Network = {
  isOnLine: () => navigator.onLine,
  subscribe(listener) {
    addEventListener('online', listener);
    addEventListener('offline', listener);
    return () => {
      removeEventListener('online', listener);
      removeEventListener('offline', listener);
    };
  },
};
