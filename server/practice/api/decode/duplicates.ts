/**
 * The members that stand twice in a JSON text, by their paths. `JSON.parse` keeps the last in silence; Kubernetes names
 * them (sigs.k8s.io/json), because the one who wrote the file meant only one. The text has been parsed before, so
 * it is known to be well-formed.
 */
export function duplicateFields(text: string): string[] {
  return new DuplicateScanner(text).scan();
}

/**
 * Unknown and duplicate fields together as they follow one another in the text: Kubernetes reads it once, and tells of both as it comes to
 * them.
 */
export function inTextOrder(text: string, problems: string[]): string[] {
  const order = new DuplicateScanner(text).order();
  const at = (problem: string) => order.get(problem) ?? order.size;
  return [...problems].sort((a, b) => at(a) - at(b));
}

class DuplicateScanner {
  private at = 0;
  private readonly found: string[] = [];
  private readonly met = new Map<string, number>();

  constructor(private readonly text: string) {}

  scan(): string[] {
    this.value('');
    return this.found;
  }

  /** Where each field would be told of, were it unknown or there for the second time. */
  order(): Map<string, number> {
    this.value('');
    return this.met;
  }

  private value(path: string): void {
    this.space();
    const first = this.text[this.at];
    if (first === '{') this.object(path);
    else if (first === '[') this.array(path);
    else if (first === '"') this.string();
    else while (this.at < this.text.length && !',]} \t\r\n'.includes(this.text[this.at] ?? '')) this.at++;
    this.space();
  }

  private object(path: string): void {
    const seen = new Set<string>();
    this.at++;
    for (this.space(); this.text[this.at] === '"'; this.space()) {
      const key = this.string();
      const full = path === '' ? key : `${path}.${key}`;
      const problem = `${seen.has(key) ? 'duplicate' : 'unknown'} field ${JSON.stringify(full)}`;
      if (seen.has(key)) this.found.push(problem);
      if (!this.met.has(problem)) this.met.set(problem, this.met.size);
      seen.add(key);
      this.space();
      this.at++;
      this.value(full);
      if (this.text[this.at] === ',') this.at++;
    }
    this.at++;
  }

  private array(path: string): void {
    this.at++;
    this.space();
    for (let index = 0; this.at < this.text.length && this.text[this.at] !== ']'; index++) {
      this.value(`${path}[${index}]`);
      if (this.text[this.at] === ',') this.at++;
      this.space();
    }
    this.at++;
  }

  private string(): string {
    const from = this.at++;
    while (this.at < this.text.length && this.text[this.at] !== '"') this.at += this.text[this.at] === '\\' ? 2 : 1;
    this.at++;
    const key: unknown = JSON.parse(this.text.slice(from, this.at));
    return String(key);
  }

  private space(): void {
    while (' \t\r\n'.includes(this.text[this.at] ?? 'x')) this.at++;
  }
}
