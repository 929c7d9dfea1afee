import type { Page } from '@playwright/test';
import { violationsOf } from './axe';
import { allAre, openBoard, slotOf } from './board';
import { addressesOf, looks, scenesOf, sections } from './gallery';
import { expect, test } from './test';
import { createWeb } from './web';

test.use({ flags: ['--speed=20', '--dns-cache=3'], contextOptions: { reducedMotion: 'reduce' } });
test.describe.configure({ timeout: 240_000 });

async function isClean(page: Page, what: string, isWhole = false): Promise<void> {
  expect.soft(await violationsOf(page, { isWhole }), what).toEqual([]);
}

for (const look of looks.filter(({ name }) => name !== 'phone'))
  test.describe(`axe finds nothing, ${look.name}:`, () => {
    test.use({ viewport: { width: look.width, height: look.height }, colorScheme: look.theme });

    for (const section of sections)
      test(`gallery, ${section}`, async ({ page, ordinal }) => {
        await addressesOf(page, ordinal.url, look, section);
        await isClean(page, section);
        for await (const { address, figure } of scenesOf(page, ordinal.url, look, section))
          if (!figure) await isClean(page, address);
      });

    test('every page', async ({ page, ordinal, namespace }) => {
      await createWeb(ordinal, namespace, 'web', 2);
      for (const path of ['/labs', '/labs/nginx-web', '/boards/not-there', '/nowhere']) {
        await page.goto(`${ordinal.url}${path}`);
        await expect(page.locator('h1').first()).toBeVisible();
        await isClean(page, path, true);
      }
      await openBoard(page, ordinal.url, namespace);
      await allAre(page, 'web', 'ready', 2);
      for (const tab of ['DNS', 'Storage', 'Events']) {
        await page.getByRole('tab', { name: tab }).click();
        await isClean(page, `the board, ${tab}`, true);
      }
      await page.goto(`${ordinal.url}/boards/${namespace}?present`);
      await allAre(page, 'web', 'ready', 2);
      await isClean(page, 'present', true);
    });

    test('every dialog over the board', async ({ page, ordinal, namespace }) => {
      await createWeb(ordinal, namespace, 'web', 1);
      await openBoard(page, ordinal.url, namespace);
      await allAre(page, 'web', 'ready', 1);
      const dialog = page.getByRole('dialog');
      for (const name of [
        'Delete pod web-0',
        'Write or read a file in web-0',
        'Delete StatefulSet web',
        'Delete claim www-web-0',
        `Delete namespace ${namespace}`,
      ]) {
        await page.getByRole('button', { name, exact: true }).click();
        await expect(dialog).toBeVisible();
        await isClean(page, name, true);
        await page.keyboard.press('Escape');
        await expect(dialog).toBeHidden();
      }
      await slotOf(page, 'web', 0).getByTestId('pod-name').hover();
      await page.getByRole('button', { name: 'Scale web up' }).focus();
      await isClean(page, 'what scaling would do', true);
    });
  });
