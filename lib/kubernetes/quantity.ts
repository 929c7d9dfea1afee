const factors: Record<string, number> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/**
 * The value of a quantity (`500m`, `1Gi`, `1e3`) in base units: cores, bytes, things. Text that is no quantity counts as
 * 0: the API validates before anything is stored. Exact up to 2^53.
 */
export function quantityValue(text: string | number | undefined): number {
  const match = /^([+-]?[0-9.]+(?:[eE][+-]?[0-9]+)?)([a-zA-Z]*)$/.exec(String(text ?? '').trim());
  const factor = match ? factors[match[2] ?? ''] : undefined;
  return match && factor !== undefined ? Number(match[1]) * factor : 0;
}

/** The quantity in thousandths, as CPU is counted (`0.5` → 500). Rounded up, as Kubernetes does. */
export function quantityMillis(text: string | number | undefined): number {
  return Math.ceil(Number((quantityValue(text) * 1000).toFixed(6)));
}
