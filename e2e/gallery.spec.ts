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

test.describe.configure({ timeout: 300_000 });

async function compare(page: Page, { name, width }: Look, { address, figure, isFirst }: Shown): Promise<void> {
  const picture = `${address}.${name}.png`.split('/');
  const dialog = page.getByRole('dialog');
  const hasDialog = (await dialog.count()) > 0;
  // On a phone it matters where in the window a dialog stands, and what of it is below.
  const alone = figure ?? (hasDialog && width > 640 ? dialog : undefined);
  if (alone) await expect.soft(alone).toHaveScreenshot(picture, exact);
  else await expect.soft(page).toHaveScreenshot(picture, { ...exact, fullPage: isFirst && !hasDialog });
}

for (const look of looks)
  test.describe(look.name, () => {
    test.use({ viewport: { width: look.width, height: look.height } });
    for (const section of sections)
      test(section, async ({ page, ordinal }) => {
        const mostPages = look.name === 'dark' ? 1 : undefined;
        for await (const shown of scenesOf(page, ordinal.url, look, section, mostPages)) {
          // All of it by day; the first part and the first page of each at night and on a phone, where it is the same in other colours
          // and narrower: more would weigh on every clone.
          if (look.name === 'light' || shown.isFirst) await compare(page, look, shown);
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
