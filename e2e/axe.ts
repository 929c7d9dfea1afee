import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';

/** Brought by eslint-config-next, and pinned with it by the lock. */
const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const wcag = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

interface Found {
  id: string;
  help: string;
  nodes: { target: unknown[]; failureSummary?: string }[];
}

/**
 * What axe finds against WCAG 2.2 A and AA, a line each with the place; on a whole page its good practices too (landmarks, headings),
 * which a part that stands alone cannot keep.
 */
export async function violationsOf(page: Page, { isWhole = false } = {}): Promise<string[]> {
  // Evaluated, not added as a script: the page's own rules for scripts stay as they are.
  await page.evaluate(source);
  const found = await page.evaluate(
    async (tags) => {
      const { axe } = window as unknown as {
        axe: { run(where: Document, how: object): Promise<{ violations: Found[] }> };
      };
      const { violations } = await axe.run(document, {
        runOnly: { type: 'tag', values: tags },
        resultTypes: ['violations'],
      });
      return violations;
    },
    isWhole ? [...wcag, 'best-practice'] : wcag,
  );
  return found.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary = '' }) => `${id} (${help}): ${target.join(' ')}: ${failureSummary}`),
  );
}
