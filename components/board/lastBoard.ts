const key = 'ordinal-last-board';

/** Where `/` leads next time. A browser that keeps nothing starts at the default each time. */
export function rememberBoard(namespace: string): void {
  try {
    localStorage.setItem(key, namespace);
  } catch {
    // Kept for nobody, then.
  }
}

export function lastBoard(): string | undefined {
  try {
    return localStorage.getItem(key) ?? undefined;
  } catch {
    return undefined;
  }
}
