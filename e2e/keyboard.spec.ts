import type { Locator, Page } from '@playwright/test';
import { allAre, factsOf, isIn, openBoard, slotOf } from './board';
import { expect, test } from './test';
import { createWeb } from './web';

test.use({ flags: ['--speed=20', '--dns-cache=4'] });

/** To a control with nothing but the tab key, as somebody without a mouse goes. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  for (let presses = 0; presses < 120; presses++) {
    await page.keyboard.press('Tab');
    if (await target.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`the tab key never came to ${target}`);
}

async function press(page: Page, target: Locator, key: 'Enter' | 'Space' = 'Enter'): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press(key);
}

test('the whole story with keys alone', async ({ page, ordinal, namespace }) => {
  await openBoard(page, ordinal.url, namespace);
  const dialog = page.getByRole('dialog');
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const inDialog = (name: string) => dialog.getByRole('button', { name, exact: true });

  await press(page, button('Create'));
  await allAre(page, 'web', 'ready', 3);
  await press(page, button('Scale web up'), 'Space');
  await isIn(slotOf(page, 'web', 3), 'ready');
  await press(page, button('Scale web down'));
  await isIn(slotOf(page, 'web', 3), 'kept');

  // A file, with the path that the dialog proposes.
  await press(page, button('Write or read a file in web-0'));
  await tabTo(page, dialog.getByLabel('Content'));
  await page.keyboard.type('typed');
  await press(page, inDialog('Write to web-0'));
  await expect(dialog.getByTestId('file-written')).toContainText('/usr/share/nginx/html/index.html');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(button('Write or read a file in web-0'), 'the focus goes back to where it came from').toBeFocused();

  await press(page, button('Delete pod web-0'));
  await expect(dialog).toBeVisible();
  await press(page, inDialog('Delete pod web-0'));
  await expect(dialog).toBeHidden();
  await expect(slotOf(page, 'web', 0)).toHaveAttribute('data-life', '2');
  await isIn(slotOf(page, 'web', 0), 'ready');

  await press(page, button('Write or read a file in web-0'));
  await tabTo(page, dialog.getByRole('radio', { name: 'Write' }));
  await page.keyboard.press('ArrowRight');
  await press(page, inDialog('Read from web-0'));
  await expect(dialog.getByTestId('file-content')).toHaveText('typed\n');
  await page.keyboard.press('Escape');

  await tabTo(page, page.getByLabel('Replicas of web'));
  await page.keyboard.type('0');
  await page.keyboard.press('Enter');
  await allAre(page, 'web', 'kept', 4);
  const kept = (await factsOf(page, 'web')).flatMap(({ claims }) => claims);
  expect(kept).toEqual(['www-web-0', 'www-web-1', 'www-web-2', 'www-web-3']);

  await press(page, button('Clean up the lab nginx as a StatefulSet'));
  await press(page, inDialog('Clean up nginx as a StatefulSet'));
  await expect(page.getByTestId('empty-board')).toBeVisible();
});

test('a dialog keeps the focus and gives it back; the board can be skipped to', async ({
  page,
  ordinal,
  namespace,
}) => {
  await createWeb(ordinal, namespace, 'web', 1);
  await openBoard(page, ordinal.url, namespace);
  await allAre(page, 'web', 'ready', 1);
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to the board' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.locator('#board')).toBeFocused();

  const opener = page.getByRole('button', { name: 'Delete StatefulSet web' });
  await press(page, opener);
  const dialog = page.getByRole('dialog');
  await expect(dialog).toBeVisible();
  for (let presses = 0; presses < 12; presses++) {
    await page.keyboard.press('Tab');
    expect(await dialog.evaluate((element) => element.contains(document.activeElement))).toBe(true);
  }
  await page.keyboard.press('Escape');
  await expect(opener).toBeFocused();
});

/** Controls without a name, and ids that are there twice. */
function faultsOf(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const textOf = (ids: string | null) =>
      (ids ?? '')
        .split(/\s+/)
        .map((id) => document.getElementById(id)?.textContent ?? '')
        .join('');
    const nameOf = (element: Element) =>
      [
        element.getAttribute('aria-label'),
        textOf(element.getAttribute('aria-labelledby')),
        ...[...((element as HTMLInputElement).labels ?? [])].map((label) => label.textContent),
        element.matches('input, select, textarea') ? '' : element.textContent,
        element.getAttribute('title'),
      ].find((name) => name?.trim());
    const controls = document.querySelectorAll(
      'button, a[href], input, select, textarea, summary, [role=button], [role=dialog], [role=tab]',
    );
    const nameless = [...controls]
      .filter((element) => !nameOf(element))
      .map((element) => `no name: ${element.outerHTML.slice(0, 120)}`);
    const ids = [...document.querySelectorAll('[id]')].map((element) => element.id);
    const doubled = ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `id twice: ${id}`);
    const pointers = [...document.querySelectorAll('[aria-labelledby], [aria-describedby], [aria-controls]')].flatMap(
      (element) =>
        (element.getAttribute('aria-labelledby') ?? '')
          .split(/\s+/)
          .filter((id) => id !== '' && !document.getElementById(id))
          .map((id) => `points to nothing: ${id}`),
    );
    const pictures = [...document.querySelectorAll('img:not([alt])')].map((element) => `no alt: ${element.outerHTML}`);
    return [...nameless, ...doubled, ...pointers, ...pictures];
  });
}

test('every control has a name, and no id is there twice', async ({ page, ordinal, namespace }) => {
  await createWeb(ordinal, namespace, 'web', 2);
  await createWeb(ordinal, namespace, 'api', 1);
  await openBoard(page, ordinal.url, namespace);
  await allAre(page, 'web', 'ready', 2);
  await allAre(page, 'api', 'ready', 1);
  await expect(page.getByRole('complementary')).toContainText('DNS');
  expect(await faultsOf(page), 'the board').toEqual([]);
  for (const opener of [
    'Delete pod web-0',
    'Write or read a file in web-0',
    'Delete StatefulSet web',
    'Delete claim www-web-0',
  ]) {
    await page.getByRole('button', { name: opener, exact: true }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    expect(await faultsOf(page), opener).toEqual([]);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toBeHidden();
  }
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  for (const path of ['/labs', '/labs/nginx-web', '/boards/not-there']) {
    await page.goto(`${ordinal.url}${path}`);
    await expect(page.locator('#board h1')).toBeVisible();
    expect(await faultsOf(page), path).toEqual([]);
  }
});
