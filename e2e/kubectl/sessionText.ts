/**
 * A session at the shell, written down as a person would see it:
 *
 *     == Creates a namespace
 *     $ kubectl create namespace red
 *     namespace/red created
 *     $ kubectl get namespace green
 *     Error from server (NotFound): namespaces "green" not found
 *     [1]
 *     $ for name in a b
 *     > do kubectl delete namespace $name
 *     > done
 *
 * `[1]` is the exit code, when it is not 0; ` (no-eol)` ends an output whose last line does not end; a line `--- 1.32` begins what
 * kubectl of that version prints instead of what stands above it.
 */
export interface Part {
  title: string;
  steps: Step[];
}

export interface Step {
  command: string;
  /** What the newest kubectl prints. */
  expected: string;
  /** By minor, what an older one prints instead. */
  variants: Map<number, string>;
}

export const newestMinor = 36;

export function parseSession(text: string): Part[] {
  const parts: Part[] = [];
  let lines: string[] | undefined;
  let part: Part | undefined;
  let step: Step | undefined;
  const blocks: { lines: string[]; end: (text: string) => void }[] = [];
  const begin = (end: (text: string) => void) => {
    lines = [];
    blocks.push({ lines, end });
  };
  for (const line of text.split('\n')) {
    const variant = /^--- 1\.(\d+)$/.exec(line);
    if (line.startsWith('== ')) {
      part = { title: line.slice(3), steps: [] };
      parts.push(part);
      lines = undefined;
    } else if (line.startsWith('$ ') && part) {
      const next: Step = { command: line.slice(2), expected: '', variants: new Map() };
      step = next;
      part.steps.push(next);
      begin((expected) => (next.expected = expected));
    } else if (line.startsWith('> ') && step && lines?.length === 0) {
      step.command += `\n${line.slice(2)}`;
    } else if (variant && step) {
      const of = step;
      begin((expected) => of.variants.set(Number(variant[1]), expected));
    } else lines?.push(line);
  }
  for (const block of blocks) block.end(block.lines.join('\n').trimEnd());
  return parts;
}

export function printSession(parts: readonly Part[]): string {
  const lines = [''];
  for (const { title, steps } of parts) {
    lines.push(`== ${title}`);
    for (const { command, expected, variants } of steps) {
      lines.push(`$ ${command.replaceAll('\n', '\n> ')}`);
      if (expected) lines.push(expected);
      for (const [minor, other] of variants) lines.push(`--- 1.${minor}`, ...(other ? [other] : []));
    }
    lines.push('');
  }
  return lines.join('\n');
}

export function expectedOf(step: Step, minor: number): string {
  return step.variants.get(minor) ?? step.expected;
}
