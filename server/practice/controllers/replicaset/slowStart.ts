/**
 * Does `work` `count` times, in batches that double: if the API refuses, it refuses a few calls and not hundreds. After a batch
 * with a failure no more are begun, and the first failure is thrown.
 */
export async function slowStart(count: number, work: (index: number) => Promise<void>): Promise<void> {
  for (let done = 0, size = 1; done < count; done += size, size *= 2) {
    const batch = Array.from({ length: Math.min(size, count - done) }, (_, i) => work(done + i));
    const results = await Promise.allSettled(batch);
    const failed = results.find((result) => result.status === 'rejected');
    if (failed) throw failed.reason;
  }
}
