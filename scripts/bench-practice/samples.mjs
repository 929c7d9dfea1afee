/** Of sorted values, the one that `share` of them do not exceed (nearest rank). */
export function quantile(sorted, share) {
  return sorted[Math.max(0, Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1))];
}

export function summary(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return { count: sorted.length, p50: quantile(sorted, 0.5), p99: quantile(sorted, 0.99), max: sorted.at(-1) };
}

export const median = (values) => summary(values).p50;

export const inMs = (value) => `${value.toFixed(value < 10 ? 1 : 0)} ms`;
