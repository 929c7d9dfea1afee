import { allAre, factsOf, isIn, openBoard, slotOf } from './board';
import { expect, test } from './test';
import { createWeb } from './web';

test.use({ flags: ['--speed=20'] });

test('two browsers see the same, whoever acts', async ({ browser, page, ordinal, namespace }) => {
  const other = await (await browser.newContext({ locale: 'en-GB' })).newPage();
  await openBoard(page, ordinal.url, namespace);
  await openBoard(other, ordinal.url, namespace);
  await page.getByRole('button', { name: 'Create', exact: true }).click();
  await allAre(other, 'web', 'ready', 3);
  await other.getByRole('button', { name: 'Scale web up' }).click();
  await isIn(slotOf(page, 'web', 3), 'ready');
  await page.getByRole('button', { name: 'Scale web down' }).click();
  for (const each of [page, other]) await isIn(slotOf(each, 'web', 3), 'kept');
  expect(await factsOf(other, 'web')).toEqual(await factsOf(page, 'web'));
  await other.context().close();
});

test('a set made, scaled and deleted from outside appears by itself', async ({ page, ordinal, namespace }) => {
  await openBoard(page, ordinal.url, namespace);
  await page.evaluate(() => void (document.documentElement.dataset.loaded = 'once'));
  await createWeb(ordinal, namespace, 'db', 2);
  await allAre(page, 'db', 'ready', 2);
  const set = `/apis/apps/v1/namespaces/${namespace}/statefulsets/db`;
  await ordinal.api('PATCH', set, { spec: { replicas: 1 } });
  await isIn(slotOf(page, 'db', 1), 'kept');
  await expect(page.getByLabel('Replicas of db')).toHaveValue('1');
  await ordinal.api('DELETE', `/api/v1/namespaces/${namespace}/persistentvolumeclaims/www-db-1`);
  await expect(slotOf(page, 'db', 1)).toHaveCount(0);
  await ordinal.api('DELETE', set);
  await expect(page.getByTestId('empty-board')).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('data-loaded', 'once');
});

test('a namespace that is not there yet shows itself when it is made, and is told when it goes', async ({
  page,
  ordinal,
}) => {
  await openBoard(page, ordinal.url, 'not-yet');
  await expect(page.getByRole('heading', { name: 'There is no namespace not-yet' })).toBeVisible();
  await page.getByRole('button', { name: 'Create namespace not-yet' }).click();
  await expect(page.getByRole('heading', { name: 'No StatefulSet in not-yet yet' })).toBeVisible();
  await ordinal.api('DELETE', '/api/v1/namespaces/not-yet');
  await expect(page.getByRole('heading', { name: 'There is no namespace not-yet' })).toBeVisible();
});

test('going from board to board shows each its own', async ({ page, ordinal, namespace }) => {
  await createWeb(ordinal, namespace, 'one', 1);
  await ordinal.api('POST', '/api/v1/namespaces', { metadata: { name: 'second' } });
  await createWeb(ordinal, 'second', 'two', 1);
  await openBoard(page, ordinal.url, namespace);
  await allAre(page, 'one', 'ready', 1);
  await page.getByLabel('Namespace').selectOption('second');
  await allAre(page, 'two', 'ready', 1);
  await expect(slotOf(page, 'one', 0)).toHaveCount(0);
  await expect(page).toHaveURL(/\/boards\/second$/);
  await page.goBack();
  await allAre(page, 'one', 'ready', 1);
  await expect(slotOf(page, 'two', 0)).toHaveCount(0);
});
