import type { Page } from '@playwright/test';
import { allAre, isIn, openBoard, slotOf } from './board';
import { expect, test } from './test';
import { createWeb } from './web';

test.use({ flags: ['--speed=10', '--dns-cache=3'] });

const sizes = [
  { width: 1280, height: 720 },
  { width: 1920, height: 1080 },
];

async function present(page: Page, url: string, namespace: string): Promise<void> {
  await openBoard(page, url, `${namespace}?present`);
  await expect(page.locator('html')).toHaveAttribute('data-present', '');
}

/** Every text that an eye can see, with its size, where that is below 16 px. */
function smallTexts(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found: string[] = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const text = node.textContent?.trim();
      const { parentElement } = node;
      if (!text || !parentElement || parentElement.closest('.sr-only, script, style, noscript, next-route-announcer'))
        continue;
      const box = parentElement.getBoundingClientRect();
      const size = parseFloat(getComputedStyle(parentElement).fontSize);
      if (box.width > 1 && box.height > 1 && size < 16) found.push(`${size} px: ${text.slice(0, 40)}`);
    }
    return found;
  });
}

/** Where each slot and each of its parts is laid out, in px: where it is drawn while it slides into its slot is another matter. */
function boxesOf(page: Page): Promise<Record<string, number[]>> {
  return page.getByTestId('slot').evaluateAll((slots) =>
    Object.fromEntries(
      slots.map((slot) => [
        (slot as HTMLElement).dataset.ordinal ?? '',
        [slot, ...slot.children].flatMap((part) => {
          const { offsetLeft, offsetTop, offsetWidth, offsetHeight } = part as HTMLElement;
          return [offsetLeft, offsetTop, offsetWidth, offsetHeight];
        }),
      ]),
    ),
  );
}

/** From the name to the volume, above the newest sentence. */
async function seesWholeChain(page: Page): Promise<void> {
  const volumes = await page
    .getByTestId('volume')
    .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().bottom));
  const sentence = await page.getByTestId('story-strip').boundingBox();
  expect(volumes.length).toBeGreaterThan(0);
  expect(Math.max(...volumes)).toBeLessThanOrEqual(sentence?.y ?? 0);
}

for (const size of sizes)
  test.describe(`for a projector of ${size.width}×${size.height}`, () => {
    test.use({ viewport: size });

    test('nothing is under 16 px, on the board, in its panels and in a dialog', async ({
      page,
      ordinal,
      namespace,
    }) => {
      await createWeb(ordinal, namespace, 'web', 5);
      await present(page, ordinal.url, namespace);
      await allAre(page, 'web', 'ready', 5);
      for (const tab of ['Storage', 'Events', 'DNS']) {
        await page.getByRole('tab', { name: tab }).click();
        expect(await smallTexts(page), tab).toEqual([]);
      }
      await page.getByRole('button', { name: 'Scale web up' }).focus();
      expect(await smallTexts(page), 'what scaling would do').toEqual([]);
      await page.keyboard.press('Escape');
      await expect(page.getByTestId('scale-preview')).toHaveCount(0);
      await page.getByRole('button', { name: 'Write or read a file in web-0' }).click();
      await expect(page.getByRole('dialog')).toBeVisible();
      expect(await smallTexts(page), 'the file dialog').toEqual([]);
    });

    test('five slots stand side by side, down to their volumes, above the panels, and nothing moves while pods come and go', async ({
      page,
      ordinal,
      namespace,
    }) => {
      await createWeb(ordinal, namespace, 'web', 5);
      await present(page, ordinal.url, namespace);
      await allAre(page, 'web', 'ready', 5);
      const rack = page.getByRole('list', { name: 'Slots of web' });
      expect(await rack.evaluate((list) => list.scrollWidth - list.clientWidth), 'no slot is out of sight').toBe(0);
      const tops = [rack, page.getByRole('complementary')].map((part) =>
        part.evaluate((box) => box.getBoundingClientRect()),
      );
      const [slots, panel] = await Promise.all(tops);
      expect(panel?.top).toBeGreaterThanOrEqual(slots?.bottom ?? 0);
      await seesWholeChain(page);

      const before = await boxesOf(page);
      const seen: Record<string, number[]>[] = [];
      for (const name of ['web-1', 'web-4']) {
        const slot = slotOf(page, 'web', Number(name.slice(-1)));
        const life = Number(await slot.getAttribute('data-life'));
        await ordinal.api('DELETE', `/api/v1/namespaces/${namespace}/pods/${name}`);
        seen.push(await boxesOf(page));
        await expect(slot).toHaveAttribute('data-life', String(life + 1), { timeout: 40_000 });
        seen.push(await boxesOf(page));
        await isIn(slot, 'ready');
        seen.push(await boxesOf(page));
      }
      for (const boxes of seen) expect(boxes).toEqual(before);
    });
  });

test.describe('in Spanish, whose words are longer', () => {
  test.use({ viewport: { width: 1280, height: 720 }, locale: 'es-MX' });

  test('the whole chain is in sight', async ({ page, ordinal, namespace }) => {
    await createWeb(ordinal, namespace, 'web', 5);
    await present(page, ordinal.url, namespace);
    await allAre(page, 'web', 'ready', 5);
    await seesWholeChain(page);
  });
});

test('keys do what buttons do, show what was pressed, and ask before they delete', async ({
  page,
  ordinal,
  namespace,
}) => {
  await createWeb(ordinal, namespace, 'web', 2);
  await present(page, ordinal.url, namespace);
  await allAre(page, 'web', 'ready', 2);
  const shown = page.getByTestId('key-shown');
  const dialog = page.getByRole('dialog');
  await expect(page.locator('html')).toHaveAttribute('data-keys', 'heard');

  await page.keyboard.press('+');
  await expect(shown).toContainText('Scale web up');
  await isIn(slotOf(page, 'web', 2), 'ready');
  await page.keyboard.press('1');
  await expect(slotOf(page, 'web', 1)).toBeFocused();
  await page.keyboard.press('d');
  await expect(dialog).toContainText('Delete pod web-1');
  await page.keyboard.press('-');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(slotOf(page, 'web', 1), 'a dialog gives the choice back').toBeFocused();
  await expect(slotOf(page, 'web', 1)).toHaveAttribute('data-life', '1');
  await allAre(page, 'web', 'ready', 3);

  await page.keyboard.press('?');
  await expect(dialog).toContainText('Keys while presenting');
  await page.keyboard.press('Escape');
  await expect(shown).toBeHidden();
  await page.keyboard.press('p');
  await expect(page.locator('html')).not.toHaveAttribute('data-present');
  await page.keyboard.press('+');
  await page.keyboard.press('d');
  await expect(dialog).toBeHidden();
  await expect(page.getByLabel('Replicas of web')).toHaveValue('3');
});
