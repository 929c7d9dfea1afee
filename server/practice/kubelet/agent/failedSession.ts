import type { Session } from '../../containers/runtime';

/**
 * A session that never began. A real node has already switched protocols when the runtime finds that there is no such program, so its
 * words arrive as the end of a session, not as an answer in its place.
 */
export function failedSession(message: string): Session {
  const nothing = { read: async () => null, close: () => {} };
  return {
    stdin: { write: async () => {}, close: () => {} },
    stdout: nothing,
    stderr: nothing,
    exited: Promise.resolve({ code: 1, failure: message }),
    resize: () => {},
    close: () => {},
  };
}
