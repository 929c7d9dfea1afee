/** As kubectl prints ages: `47s`, `3m12s`, `25m`, `2h5m`, `7h`, `3d`. The parts are named for the page to word. */
export type Duration =
  | { unit: 's' | 'm' | 'h' | 'd'; n: number }
  | { unit: 'ms'; m: number; s: number }
  | { unit: 'hm'; h: number; m: number };

export function durationOf(milliseconds: number): Duration {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  if (seconds < 120) return { unit: 's', n: seconds };
  if (minutes < 10 && seconds % 60 > 0) return { unit: 'ms', m: minutes, s: seconds % 60 };
  if (minutes < 180) return { unit: 'm', n: minutes };
  if (hours < 8 && minutes % 60 > 0) return { unit: 'hm', h: hours, m: minutes % 60 };
  if (hours < 48) return { unit: 'h', n: hours };
  return { unit: 'd', n: Math.floor(hours / 24) };
}

/** The smallest age with the same words: as long as it is the same, nothing has to be drawn. */
export function shownAge(milliseconds: number): number {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const step = seconds < 600 ? 1 : seconds < 8 * 3600 ? 60 : seconds < 48 * 3600 ? 3600 : 24 * 3600;
  return (seconds - (seconds % step)) * 1000;
}
