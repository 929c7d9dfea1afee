import { randomBytes } from 'node:crypto';
import type { Page } from '@playwright/test';
import { allAre, openBoard, slotOf } from './board';
import { expect, test } from './test';
import { createWeb } from './web';

test.use({ flags: ['--speed=20', '--dns-cache=2'] });

test.beforeEach(async ({ page, ordinal, namespace }) => {
  await createWeb(ordinal, namespace, 'web', 2);
  await openBoard(page, ordinal.url, namespace);
  await allAre(page, 'web', 'ready', 2);
});

/** What a question says before anybody can say yes. */
async function partsOf(page: Page): Promise<Record<string, string>> {
  const parts = page.getByRole('dialog').locator('[data-part]');
  await expect(parts.first()).toBeVisible();
  return Object.fromEntries(
    await parts.evaluateAll((all) =>
      all.map((part) => [(part as HTMLElement).dataset.part ?? '', part.querySelector('dd')?.textContent ?? '']),
    ),
  );
}

test('each question says what goes, what stays and what comes of it', async ({ page, namespace }) => {
  const dialog = page.getByRole('dialog');
  const slot = slotOf(page, 'web', 1);
  const ip = await slot.getByTestId('pod-ip').innerText();
  const volume = (await slot.getByTestId('volume').getAttribute('data-name')) ?? '';

  await slot.getByLabel('Delete pod web-1').click();
  const ofPod = await partsOf(page);
  expect(ofPod.goes).toBe(`Pod web-1, its IP ${ip} and its uidFiles in its containers that lie on no claim`);
  expect(ofPod.stays).toContain('Claim www-web-1 with its volume and all data on it');
  expect(ofPod.then).toBe('web-1 is made again with a new IP and the same claims');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(dialog).toBeHidden();

  await page.getByRole('button', { name: 'Delete StatefulSet web' }).click();
  expect((await partsOf(page)).goes).toContain('Pods web-0, web-1');
  expect((await partsOf(page)).stays).toContain('Claims www-web-0, www-web-1');
  await dialog.getByText('Leave the pods running').click();
  expect((await partsOf(page)).goes).toBe('StatefulSet web');
  expect((await partsOf(page)).stays).toContain('Pods web-0, web-1');
  await page.keyboard.press('Escape');

  await slot.getByLabel('Delete claim www-web-1').click();
  const ofClaim = await partsOf(page);
  expect(ofClaim.goes).toContain(`Volume ${volume} and all data on it`);
  expect(ofClaim.then).toContain('web-1 uses it, so it stays Terminating until that pod is gone');
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: `Delete namespace ${namespace}` }).click();
  expect((await partsOf(page)).goes).toContain('1 StatefulSet, 2 pods, 1 Service, 2 claims');
  await page.keyboard.press('Escape');
  await allAre(page, 'web', 'ready', 2);
});

test('the kubectl line is copied as it stands', async ({ page, context, namespace }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await slotOf(page, 'web', 0).getByLabel('Delete pod web-0').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Copy the kubectl line' }).click();
  await expect(dialog.getByRole('button', { name: 'Copied' })).toBeVisible();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toBe(`kubectl delete pod web-0 -n ${namespace}`);
  expect(await dialog.getByTestId('kubectl-line').innerText()).toBe(copied);
});

test('what was asked is done with the first press, and only once', async ({ page, ordinal, namespace }) => {
  const requests: string[] = [];
  page.on('request', (request) => request.method() === 'DELETE' && requests.push(request.url()));
  await slotOf(page, 'web', 1).getByLabel('Delete pod web-1').click();
  const button = page.getByRole('dialog').getByRole('button', { name: 'Delete pod web-1' });
  await button.dblclick();
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(slotOf(page, 'web', 1)).toHaveAttribute('data-life', '2');
  expect(requests).toEqual([`${ordinal.url}/api/namespaces/${namespace}/pods/web-1`]);
});

test('1 MiB of any bytes, there and back, by HTTP', async ({ ordinal, namespace }) => {
  for (const bytes of [randomBytes(1024 * 1024), Buffer.alloc(0), Buffer.from([0, 255, 10, 13, 0])]) {
    for (const path of ['/usr/share/nginx/html/bytes', '/tmp/new\nline \'and\' "more" $(id)', '/tmp/-n']) {
      const query = new URLSearchParams({ path });
      const address = `${ordinal.url}/api/namespaces/${namespace}/pods/web-0/files?${query}`;
      const written = await fetch(address, {
        method: 'PUT',
        body: new Uint8Array(bytes),
        headers: { 'Content-Type': 'application/octet-stream' },
      });
      expect(written.status).toBe(200);
      const read = Buffer.from(await (await fetch(address)).arrayBuffer());
      expect(read.equals(bytes), `${bytes.length} bytes at ${path}`).toBe(true);
    }
  }
});

test('1 MiB of any bytes, there and back, by the page; one more is refused in words', async ({ page }) => {
  const bytes = randomBytes(1024 * 1024);
  await slotOf(page, 'web', 0).getByLabel('Write or read a file in web-0').click();
  const dialog = page.getByRole('dialog');
  const choose = (buffer: Buffer) =>
    dialog
      .getByLabel('A file of yours')
      .setInputFiles({ name: 'some.bin', mimeType: 'application/octet-stream', buffer });
  await choose(bytes);
  await dialog.getByRole('button', { name: 'Write to web-0' }).click();
  await expect(dialog.getByTestId('file-written')).toContainText('1.0 MiB written to');
  await choose(Buffer.concat([bytes, bytes, bytes, bytes, bytes]));
  await expect(dialog).toContainText(/At most .* can be written; this is 5.0 MiB/);
  await expect(dialog.getByRole('button', { name: 'Write to web-0' })).toBeDisabled();
  await dialog.getByText('Read', { exact: true }).click();
  await dialog.getByRole('button', { name: 'Read from web-0' }).click();
  await expect(dialog.getByTestId('file-size')).toHaveText('1.0 MiB');
  const download = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Download' }).click();
  const parts: Buffer[] = [];
  for await (const part of await (await download).createReadStream()) parts.push(part as Buffer);
  expect(Buffer.concat(parts).equals(bytes)).toBe(true);
});

test('a path that cannot be one is refused before it is sent', async ({ page }) => {
  await slotOf(page, 'web', 0).getByLabel('Write or read a file in web-0').click();
  const dialog = page.getByRole('dialog');
  for (const [path, words] of [
    ['relative/file', 'The path has to start with /.'],
    ['/tmp/', 'The path has to name a file, not a folder.'],
  ] as const) {
    await dialog.getByLabel('Path').fill(path);
    await expect(dialog).toContainText(words);
    await expect(dialog.getByRole('button', { name: 'Write to web-0' })).toBeDisabled();
  }
});
