/**
 * How `node` is told to run the practice cluster's program, whoever starts it.
 *
 * One worker thread for V8: it has four otherwise, and while they collect what thousands of starting pods have left, they take a machine of
 * two cores from the requests. There a get's p99 was 16 to 23 times the idle p50 with four, and is 12 to 17 times with one
 * (`npm run bench:practice`).
 */
export const nodeFlags = ['--enable-source-maps', '--v8-pool-size=1'];
