import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Page } from '@playwright/test';
import { addressesOf, looks, scenesOf, sections, type Look, type Shown } from './gallery';
import { expect, test } from './test';

/** `npm run gallery:renew` writes them. */
const pictures = resolve('e2e/pictures');

/**
 * The same browser and fonts draw the same picture; what a CPU may round otherwise is a few points on the edge of a curve. A digit that
 * changes is some forty points.
 */
const exact = { animations: 'disabled', maxDiffPixels: 16, threshold: 0.1 } as const;

test.describe.configure({ timeout: 240_000 });

/**
 * All of it by day; at night the parts, whose colours are other tokens, and one page of each section; on a phone the pages. More would
 * show the same again, and pictures weigh on every clone.
 */
function isPictured({ name }: Look, { figure, isFirstPage = false }: Shown): boolean {
  return name === 'light' || (name === 'dark' ? figure !== undefined || isFirstPage : figure === undefined);
}

async function compare(page: Page, { name, width }: Look, { address, figure, isFirstPage = false }: Shown) {
  const picture = `${address}.${name}.png`.split('/');
  const dialog = page.getByRole('dialog');
  const hasDialog = (await dialog.count()) > 0;
  // On a phone it matters where in the window a dialog stands, and what of it is below.
  const alone = figure ?? (hasDialog && width > 640 ? dialog : undefined);
  if (alone) await expect.soft(alone).toHaveScreenshot(picture, exact);
  else await expect.soft(page).toHaveScreenshot(picture, { ...exact, fullPage: isFirstPage && !hasDialog });
}

for (const look of looks)
  test.describe(look.name, () => {
    test.use({ viewport: { width: look.width, height: look.height } });
    for (const section of sections)
      test(section, async ({ page, ordinal }) => {
        for await (const shown of scenesOf(page, ordinal.url, look, section)) {
          if (isPictured(look, shown)) await compare(page, look, shown);
          const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
          expect.soft(sideways, `${shown.address} is as wide as the window`).toBeLessThanOrEqual(0);
        }
      });
  });

test('there is no picture of a scene that is gone', async ({ page, ordinal }) => {
  const [look] = looks;
  if (!look) return;
  const addresses = await addressesOf(page, ordinal.url, look);
  const wanted = new Set(addresses.flatMap((address) => looks.map(({ name }) => `${address}.${name}.png`)));
  const found = existsSync(pictures) ? readdirSync(pictures) : [];
  const kept = found.flatMap((section) => readdirSync(join(pictures, section)).map((file) => `${section}/${file}`));
  expect(kept.filter((file) => !wanted.has(file))).toEqual([]);
});
