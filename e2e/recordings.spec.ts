import { actAndConfirm, allAre, isIn, openBoard, slotOf } from './board';
import { expect, test } from './test';
import { createWeb } from './web';

test.use({ flags: ['--speed=20', '--dns-cache=1'] });

test('a recording is saved, and opened where there is no cluster any more', async ({ page, ordinal, namespace }) => {
  await createWeb(ordinal, namespace, 'web', 2);
  await openBoard(page, ordinal.url, namespace);
  await allAre(page, 'web', 'ready', 2);
  await actAndConfirm(page, slotOf(page, 'web', 1).getByLabel('Delete pod web-1'), 'Delete pod web-1');
  await expect(slotOf(page, 'web', 1)).toHaveAttribute('data-life', '2');
  await isIn(slotOf(page, 'web', 1), 'ready');
  const coming = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save as a recording' }).click();
  const download = await coming;
  expect(download.suggestedFilename()).toMatch(new RegExp(`^${namespace}-.+\\.ordinal\\.json\\.gz$`));
  const file = await download.path();

  process.kill(ordinal.practicePid(), 'SIGKILL');
  await expect(page.getByTestId('freshness')).not.toHaveAttribute('data-state', 'live');
  await page.getByRole('link', { name: 'Open a recording' }).click();
  await expect(page.getByRole('heading', { name: 'Open a recording' })).toBeVisible();
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.getByText('Choose a file').click()]);
  await chooser.setFiles(file);

  await expect(page.getByTestId('recording-banner')).toContainText(`A recording of ${namespace}`);
  const one = slotOf(page, 'web', 1);
  await expect(one).toHaveAttribute('data-life', '2');
  await expect(one).toHaveAttribute('data-state', 'ready');
  await expect(one.getByLabel('Delete pod web-1')).toBeDisabled();
  await expect(page.getByRole('button', { name: 'Back to live' })).toHaveCount(0);
  await expect(page.getByTestId('story-strip')).toContainText('web-1');

  // Back through it, change by change, to the first life.
  await page.getByTestId('scrubber').focus();
  await expect(async () => {
    await page.keyboard.press('ArrowLeft');
    await expect(one).toHaveAttribute('data-life', '1', { timeout: 1 });
  }).toPass({ timeout: 20_000, intervals: [50] });
  // What is told goes back with it.
  await expect(page.getByTestId('story-strip')).toContainText('web-1 is gone');
  await page.getByRole('button', { name: 'Play at 4×' }).click();
  await expect(one).toHaveAttribute('data-life', '2', { timeout: 30_000 });
  await page.getByRole('button', { name: 'Open another' }).click();
  await expect(page.getByRole('heading', { name: 'Open a recording' })).toBeVisible();
});

test('what is no recording is refused in words', async ({ page, ordinal }) => {
  await page.goto(`${ordinal.url}/recordings`);
  await page.locator('input[type=file]').setInputFiles({
    name: 'notes.json',
    mimeType: 'application/json',
    buffer: Buffer.from('{"a":1}'),
  });
  await expect(page.getByTestId('recording-problem')).toHaveText('This file is not a recording.');
});
