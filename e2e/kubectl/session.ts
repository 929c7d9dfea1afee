import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { normalizer } from './normal';
import { expectedOf, newestMinor, parseSession, printSession, type Part } from './sessionText';
import { startTarget, type Target } from './target';

interface SessionOptions {
  /** Of the practice cluster. */
  flags?: string[];
  /** Files in the folder where the commands run. */
  files?: Record<string, string>;
}

/**
 * Runs a session (see `sessionText`) and compares what is printed, line by line. The same session passes on a real cluster
 * (`REAL_KUBECONFIG`); with `RECORD=1` it is the real cluster's answers that are written into the test's file.
 */
export function session(name: string, file: string, text: string, options: SessionOptions = {}): void {
  const parts = parseSession(text);
  let target: Target;
  let minor: number;
  let run: (command: string) => Promise<string>;

  describe.sequential(name, () => {
    beforeAll(async () => {
      target = await startTarget(...(options.flags ?? ['--speed=5']));
      for (const [path, content] of Object.entries(options.files ?? {}))
        writeFileSync(join(target.folder, path), content);
      const version = await target.shell('kubectl version --client -o json');
      minor = Number(/"minor": "(\d+)/.exec(version.output)?.[1]);
      run = runner(target);
    });
    afterAll(async () => {
      await target?.stop();
      if (process.env.RECORD) writeFileSync(file, replaced(readFileSync(file, 'utf8'), text, parts));
    });
    for (const part of parts) it(part.title, () => (process.env.RECORD ? record(part) : replay(part)));
  });

  async function replay({ steps }: Part): Promise<void> {
    for (const step of steps) expect.soft(await run(step.command), `$ ${step.command}`).toBe(expectedOf(step, minor));
  }

  async function record({ steps }: Part): Promise<void> {
    for (const step of steps) {
      const printed = await run(step.command);
      if (minor === newestMinor) step.expected = printed;
      else if (printed === step.expected) step.variants.delete(minor);
      else step.variants.set(minor, printed);
    }
  }
}

function runner(target: Target): (command: string) => Promise<string> {
  const normal = normalizer(target.namespace);
  return async (command) => {
    const { code, output } = await target.shell(command);
    const end = output !== '' && !output.endsWith('\n') ? ' (no-eol)' : '';
    const printed = normal(output).trimEnd() + end;
    return code === 0 ? printed : `${printed}\n[${code}]`.trimStart();
  };
}

function replaced(source: string, text: string, parts: Part[]): string {
  if (!source.includes(text)) throw new Error('the session is not in its file as it was read');
  return source.replace(text, () => printSession(parts));
}
