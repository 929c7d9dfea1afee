/**
 * `npm run pictures`: the README's pictures, taken anew into docs/ from the page as it is: a lesson on a practice cluster of its own, by
 * the buttons that a class would press. Look at them before they are committed.
 */
import { chromium } from '@playwright/test';
import { join } from 'node:path';
import { register } from 'tsx/esm/api';
import { findBrowser } from './browser.mjs';
import { say } from './say.mjs';
import { ensureBuilt, root } from './setup.mjs';

register();
const { startOrdinal } = await import('../e2e/ordinal.ts');

const slot = (page, ordinal) => page.locator(`[data-testid=slot][data-ordinal="${ordinal}"]`);
const isIn = (page, ordinal, state) =>
  page.locator(`[data-testid=slot][data-ordinal="${ordinal}"][data-state=${state}]`).waitFor({ timeout: 60_000 });
const button = (place, name) => place.getByRole('button', { name, exact: true });

async function deletePod(page, ordinal) {
  await button(page, `Delete pod web-${ordinal}`).click();
  await button(page.getByRole('dialog'), `Delete pod web-${ordinal}`).click();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
}

async function picture(page, name) {
  // Out of every control's way, so that nothing is lit by a pointer that no reader sees.
  await page.mouse.move(2, 400);
  const path = join(root, 'docs', name);
  await page.screenshot({ path });
  say(path);
}

/** web-3 scaled away and its claim kept; web-1 come back with a new address, while a cache still gives the old one. */
async function lesson(page) {
  await button(page, 'Create').click();
  await isIn(page, 2, 'ready');
  await button(page, 'Scale web up').click();
  await isIn(page, 3, 'ready');
  await button(page, 'Scale web down').click();
  await isIn(page, 3, 'kept');
  await deletePod(page, 1);
  await slot(page, 1).and(page.locator('[data-life="2"][data-state=ready]')).waitFor({ timeout: 60_000 });
}

/** Five slots on the wall, one of them on its way back. */
async function wall(page, url) {
  await page.goto(`${url}/boards/default?present`);
  await page.getByLabel('Replicas of web').fill('5');
  await page.keyboard.press('Enter');
  await isIn(page, 4, 'ready');
  await page.locator('#board').focus();
  await page.getByTestId('set').scrollIntoViewIfNeeded();
  await deletePod(page, 2);
  await slot(page, 2).and(page.locator('[data-state=starting], [data-state=pending]')).waitFor({ timeout: 60_000 });
  await page.keyboard.press('2');
  await page.getByTestId('key-shown').waitFor();
}

/** The whole board as it was while web-2 was on its way out, by the timeline under it. */
async function past(page, url) {
  await page.goto(`${url}/boards/default`);
  const scrubber = page.getByTestId('scrubber');
  await scrubber.focus();
  const leaving = slot(page, 2).and(page.locator('[data-state=terminating]'));
  for (let step = 0; step < 200 && !(await leaving.isVisible()); step++) await page.keyboard.press('ArrowLeft');
  await leaving.waitFor();
  // Nothing is marked as chosen, and the board is seen from its head.
  await page.locator('#board').focus();
  await page.evaluate(() => scrollTo(0, 0));
}

function open(browser, colorScheme, width, height) {
  return browser.newPage({ viewport: { width, height }, deviceScaleFactor: 1.5, colorScheme, locale: 'en' });
}

await ensureBuilt();
const { path, env } = await findBrowser();
const ordinal = await startOrdinal();
const browser = await chromium.launch({ executablePath: path, env: { ...process.env, ...env } });
try {
  const light = await open(browser, 'light', 1440, 1100);
  await light.goto(`${ordinal.url}/boards/default`);
  await lesson(light);
  await picture(light, 'board.png');
  await light.close();
  const dark = await open(browser, 'dark', 1280, 720);
  await wall(dark, ordinal.url);
  await picture(dark, 'present.png');
  await dark.close();
  const back = await open(browser, 'light', 1440, 1100);
  await past(back, ordinal.url);
  await picture(back, 'past.png');
} finally {
  await browser.close();
  await ordinal.stop();
}
