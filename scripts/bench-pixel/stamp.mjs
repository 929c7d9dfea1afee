/**
 * Milliseconds since 1970 with fractions, which `Date.now` has not. Node and the browser on one machine read the same clock;
 * the page does the same sum (page.mjs).
 */
export function stampNow() {
  return performance.timeOrigin + performance.now();
}
