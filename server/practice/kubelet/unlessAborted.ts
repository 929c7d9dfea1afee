/** Undefined when `signal` aborts first; nothing listens on it afterwards. What `operation` fails with later is nobody's any more. */
export async function unlessAborted<T>(operation: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  let stop = () => {};
  const stopped = new Promise<undefined>((resolve) => {
    stop = () => resolve(undefined);
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([operation, stopped]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
