/** Of sorted values, the one that `share` of them do not exceed (nearest rank). */
const quantile = (sorted, share) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];

export function summary(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return { count: sorted.length, p50: quantile(sorted, 0.5), p99: quantile(sorted, 0.99), max: sorted.at(-1) };
}

export const inMs = (value) => `${value.toFixed(value < 10 ? 1 : 0)} ms`;
