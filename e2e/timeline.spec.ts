import type { Page } from '@playwright/test';
import { actAndConfirm, allAre, factsOf, isIn, isLive, openBoard, slotOf } from './board';
import { expect, test } from './test';
import { createWeb } from './web';

test.use({ flags: ['--speed=20', '--dns-cache=1'] });

const scrubber = (page: Page) => page.getByTestId('scrubber');

test('back to the pod that was deleted, and to now again', async ({ page, ordinal, namespace }) => {
  await createWeb(ordinal, namespace, 'web', 2);
  await openBoard(page, ordinal.url, namespace);
  await allAre(page, 'web', 'ready', 2);
  const [, before] = await factsOf(page, 'web');
  await actAndConfirm(page, slotOf(page, 'web', 1).getByLabel('Delete pod web-1'), 'Delete pod web-1');
  await expect(slotOf(page, 'web', 1)).toHaveAttribute('data-life', '2');
  await isIn(slotOf(page, 'web', 1), 'ready');

  // Change by change, until the slot holds the pod that it held before.
  await scrubber(page).focus();
  await expect(async () => {
    await page.keyboard.press('ArrowLeft');
    const [, now] = await factsOf(page, 'web');
    expect(now).toMatchObject({ uid: before?.uid, ip: before?.ip, state: 'ready', life: 1 });
  }).toPass({ timeout: 20_000, intervals: [50] });
  await expect(page.getByTestId('past-banner')).toBeVisible();
  await expect(page).toHaveURL(/\?at=[a-z0-9]+\.\d+$/);
  await expect(slotOf(page, 'web', 1).getByLabel('Delete pod web-1')).toBeDisabled();

  await page.getByRole('button', { name: 'Back to live' }).click();
  await expect(page.getByTestId('past-banner')).toHaveCount(0);
  await expect(slotOf(page, 'web', 1)).toHaveAttribute('data-life', '2');
});

test('a replay goes through what happened and is live at its end', async ({ page, ordinal, namespace }) => {
  await createWeb(ordinal, namespace, 'web', 1);
  await openBoard(page, ordinal.url, namespace);
  await allAre(page, 'web', 'ready', 1);
  await scrubber(page).focus();
  await page.keyboard.press('Home');
  await expect(page.getByTestId('past-banner')).toBeVisible();
  await page.getByRole('button', { name: 'Play at 4×' }).click();
  await expect(page.getByRole('button', { name: 'Back to live' })).toHaveAttribute('aria-pressed', 'true', {
    timeout: 30_000,
  });
  await isIn(slotOf(page, 'web', 0), 'ready');
  await expect(page.getByTestId('past-banner')).toHaveCount(0);
});

test('the past is still there after a restart, and what nobody watched is marked', async ({
  page,
  ordinal,
  namespace,
}) => {
  await createWeb(ordinal, namespace, 'web', 1);
  await openBoard(page, ordinal.url, namespace);
  await allAre(page, 'web', 'ready', 1);
  await ordinal.api('DELETE', `/api/v1/namespaces/${namespace}/pods/web-0`);
  const slot = slotOf(page, 'web', 0);
  await expect(slot).toHaveAttribute('data-life', '2');
  await allAre(page, 'web', 'ready', 1);
  const [before] = await factsOf(page, 'web');
  const moment = (await fetch(`${ordinal.url}/api/boards/${namespace}`)).headers.get('ordinal-version') ?? '';
  await ordinal.restart();
  await isLive(page);
  // Its practice cluster came back too: the same pod, and so the same life.
  await expect(slot).toHaveAttribute('data-life', '2');
  await page.goto(`${ordinal.url}/boards/${namespace}?at=${moment}`);
  await expect(page.getByTestId('past-banner')).toBeVisible();
  await expect(slot).toHaveAttribute('data-uid', before?.uid ?? '');
  await expect(page.getByTestId('unknown').first()).toBeVisible();
});
