import type { Locator, Page } from '@playwright/test';
import { actAndConfirm, allAre, factsOf, isIn, openBoard, slotOf } from './board';
import { expect, test } from './test';
import { createDeployment, createWeb } from './web';

test.use({ flags: ['--speed=10', '--dns-cache=1'] });

const section = (page: Page, name = 'web-deploy'): Locator =>
  page.locator(`[data-testid=deployment][data-deployment="${name}"]`);
const pods = (page: Page): Locator => section(page).getByTestId('loose-pod');
const namesOf = (list: Locator): Promise<string[]> =>
  list.evaluateAll((parts) => parts.map((part) => (part as HTMLElement).dataset.name ?? ''));

async function allReady(page: Page, count: number): Promise<string[]> {
  await expect(section(page).locator('[data-testid=loose-pod][data-state=ready]')).toHaveCount(count, {
    timeout: 40_000,
  });
  await expect(pods(page)).toHaveCount(count, { timeout: 40_000 });
  return namesOf(pods(page));
}

/** Where each slot stands on the page, however far that is scrolled. */
const placesOf = (page: Page) =>
  page.locator('[data-testid=slot]').evaluateAll((slots) =>
    slots.map((slot) => {
      const { top, left, width, height } = slot.getBoundingClientRect();
      return { top: top + scrollY, left: left + scrollX, width, height };
    }),
  );

test('the same app both ways: one keeps its names, the other never gives one again', async ({
  page,
  ordinal,
  namespace,
}) => {
  await createWeb(ordinal, namespace, 'web', 3);
  await openBoard(page, ordinal.url, namespace);
  await allAre(page, 'web', 'ready', 3);
  const button = page.getByRole('button', { name: 'The same app as a Deployment…' });
  await button.click();
  await expect(page.getByRole('dialog').locator('[data-part=stays]')).toContainText('StatefulSet web');
  await expect(page.getByRole('dialog').getByTestId('kubectl-line')).toContainText('kind: Deployment');
  await page.getByRole('dialog').getByRole('button', { name: 'Create Deployment web-deploy' }).click();
  const before = await allReady(page, 3);
  await expect(button).toBeHidden();
  for (const name of before) expect(name).toMatch(/^web-deploy-[0-9a-z]+-[0-9a-z]{5}$/);
  await expect(section(page).getByTestId('no-shared-claim')).toBeVisible();
  await expect(page.getByTestId('other-pods')).toBeHidden();
  const seen = (aspect: string, side: 0 | 1) =>
    page.getByTestId('comparison').locator(`[data-aspect=${aspect}] td`).nth(side);
  await expect(seen('after', 0)).toContainText('Not seen yet');
  await expect(seen('after', 1)).toContainText('Not seen yet');
  await expect(seen('claim', 0)).toContainText('www-web-1 mounted by web-1');
  await expect(seen('claim', 1)).toHaveText('None');
  await expect(seen('dns', 1)).toContainText('any of 3 pods');
  const places = await placesOf(page);

  const [victim = ''] = before;
  await actAndConfirm(
    page,
    section(page).getByRole('button', { name: `Delete pod ${victim}` }),
    `Delete pod ${victim}`,
  );
  const gone = section(page).locator(`[data-testid=departed][data-name="${victim}"]`);
  await expect(gone).toBeVisible({ timeout: 40_000 });
  const after = await allReady(page, 3);
  expect(after).not.toContain(victim);
  expect(after.slice(0, 2)).toEqual(before.slice(1));
  const [fresh = ''] = after.slice(-1);
  await expect(gone).toHaveAttribute('data-instead', fresh);
  await expect(pods(page).last().getByTestId('new-name')).toContainText('new name');

  await page.getByRole('button', { name: 'Earlier' }).click();
  await expect(page.getByTestId('story')).toContainText(`${victim} is gone; the Deployment made ${fresh} in its place`);
  await page.getByRole('button', { name: 'Earlier' }).click();

  const [, slot] = await factsOf(page, 'web');
  await actAndConfirm(
    page,
    slotOf(page, 'web', 1).getByRole('button', { name: 'Delete pod web-1' }),
    'Delete pod web-1',
  );
  await expect(slotOf(page, 'web', 1)).toHaveAttribute('data-life', '2');
  await isIn(slotOf(page, 'web', 1), 'ready');
  const [, again] = await factsOf(page, 'web');
  expect(again).toMatchObject({ name: 'web-1', claims: slot?.claims, volumes: slot?.volumes, life: 2 });
  await expect(seen('after', 0)).toContainText('web-1 then web-1');
  await expect(seen('after', 1)).toContainText(`${victim} then ${fresh}`);
  expect(await placesOf(page), 'no slot has moved').toEqual(places);
});

test('all pods share one claim', async ({ page, ordinal, namespace }) => {
  await ordinal.api('POST', `/api/v1/namespaces/${namespace}/persistentvolumeclaims`, {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: 'site' },
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
  });
  await createDeployment(ordinal, namespace, 'web-deploy', 2, 'site');
  await openBoard(page, ordinal.url, namespace);
  await allReady(page, 2);
  const shared = section(page).getByTestId('shared-claims');
  await expect(shared.getByTestId('claim')).toHaveCount(1);
  await expect(shared).toContainText('One claim for all pods');
  await expect(shared.getByTestId('claim')).toHaveAttribute('data-state', 'bound');

  const [pod = ''] = await namesOf(pods(page));
  const query = new URLSearchParams({ path: '/usr/share/nginx/html/index.html' });
  await page.request.put(`${ordinal.url}/api/namespaces/${namespace}/pods/${pod}/files?${query}`, {
    headers: { 'Content-Type': 'application/octet-stream' },
    data: 'hello',
  });
  await page.getByRole('tab', { name: 'Storage' }).click();
  const storage = page.getByTestId('storage-panel');
  await storage.getByRole('button', { name: 'Files on it: claim site' }).click();
  await expect(storage.getByTestId('listed-file')).toContainText('index.html');
  await expect(storage.getByTestId('listed-file')).toContainText(pod);
});
