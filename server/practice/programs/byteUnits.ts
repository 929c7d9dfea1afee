/** The letters that head, tail, split and truncate take behind a number; nothing is one byte. */
const units: Readonly<Record<string, number>> = { '': 1, b: 512, k: 1024, m: 2 ** 20, g: 2 ** 30 };

/** How many bytes one of them is; undefined for a letter that is none. */
export function unitBytes(unit: string): number | undefined {
  return units[unit.toLowerCase()];
}
