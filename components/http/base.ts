let base = '';

/** Where the dashboard is mounted; set once by `LiveProvider`. */
export function setReadBase(path: string): void {
  base = path;
}

export function urlOf(path: string): string {
  return `${base}${path}`;
}
