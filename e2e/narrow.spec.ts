import type { Page } from '@playwright/test';
import { allAre, isIn, openBoard, slotOf } from './board';
import { expect, test } from './test';
import { createWeb } from './web';

test.use({ flags: ['--speed=20', '--dns-cache=3'] });

async function isAsWideAsTheWindow(page: Page, what: string): Promise<void> {
  const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(sideways, what).toBeLessThanOrEqual(0);
}

test.describe('on a phone of 320 px', () => {
  test.use({ viewport: { width: 320, height: 568 } });

  test('no page scrolls sideways', async ({ page, ordinal, namespace }) => {
    await createWeb(ordinal, namespace, 'web', 2);
    await openBoard(page, ordinal.url, namespace);
    await allAre(page, 'web', 'ready', 2);
    for (const tab of ['DNS', 'Storage', 'Events']) {
      await page.getByRole('tab', { name: tab }).click();
      await isAsWideAsTheWindow(page, tab);
    }
    for (const path of ['/labs', '/labs/nginx-web', '/boards/not-there']) {
      await page.goto(`${ordinal.url}${path}`);
      await expect(page.locator('h1').first()).toBeVisible();
      await isAsWideAsTheWindow(page, path);
    }
  });

  test('what a dialog answers is seen whole, without scrolling for it', async ({ page, ordinal, namespace }) => {
    await createWeb(ordinal, namespace, 'web', 1);
    await openBoard(page, ordinal.url, namespace);
    await allAre(page, 'web', 'ready', 1);
    await slotOf(page, 'web', 0).getByLabel('Write or read a file in web-0').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Path').fill('/not/there/at/all.txt');
    await dialog.getByRole('button', { name: 'Write to web-0' }).click();
    const error = dialog.getByTestId('error');
    await expect(error).toBeVisible();
    const [box, foot] = await Promise.all([error.boundingBox(), dialog.locator('> *').last().boundingBox()]);
    expect(box && box.y >= 0 && foot && box.y + box.height <= foot.y).toBe(true);
    await isAsWideAsTheWindow(page, 'the dialog');
  });
});

test('who wants no motion gets none, while pods come and go', async ({ browser, ordinal, namespace }) => {
  const context = await browser.newContext({ reducedMotion: 'reduce' });
  const page = await context.newPage();
  await createWeb(ordinal, namespace, 'web', 3);
  await openBoard(page, ordinal.url, namespace);
  await allAre(page, 'web', 'ready', 3);
  await page.evaluate(() => {
    const moved = new Set<string>();
    const look = () => {
      for (const animation of document.getAnimations()) {
        const { duration } = animation.effect?.getComputedTiming() ?? {};
        // The rule that ends motion leaves a hundredth of a millisecond, so that what waits for an end still gets it.
        if (animation.playState === 'running' && Number(duration) > 1) moved.add(String(duration));
      }
      requestAnimationFrame(look);
    };
    look();
    (window as unknown as { moved: Set<string> }).moved = moved;
  });
  await ordinal.api('DELETE', `/api/v1/namespaces/${namespace}/pods/web-1`);
  await expect(slotOf(page, 'web', 1)).toHaveAttribute('data-life', '2');
  await isIn(slotOf(page, 'web', 1), 'ready');
  expect(await page.evaluate(() => [...(window as unknown as { moved: Set<string> }).moved])).toEqual([]);
  await context.close();
});
