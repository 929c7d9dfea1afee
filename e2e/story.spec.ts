import type { Locator, Page } from '@playwright/test';
import { actAndConfirm, allAre, factsOf, isIn, isLive, recordSet, slotOf, type History } from './board';
import { expect, test } from './test';

// The class's own story, at the pace that a class sees; only the DNS cache forgets sooner than its half minute.
test.use({ flags: ['--dns-cache=3'] });
test.describe.configure({ mode: 'serial' });

const started = ['pending', 'starting', 'ready'];

/** In every picture that the page has drawn: who has a pod, has everyone before it Ready. */
function expectStartsInOrder(history: History): void {
  for (const slots of history) {
    const states = Object.values(slots);
    const firstNotReady = states.findIndex((state) => state !== 'ready');
    const after = firstNotReady === -1 ? [] : states.slice(firstNotReady + 1);
    expect(
      after.filter((state) => started.includes(state)),
      JSON.stringify(slots),
    ).toEqual([]);
  }
}

/** In every picture: who is going or gone, has everyone after it gone. */
function expectEndsInOrder(history: History): void {
  for (const slots of history) {
    const states = Object.values(slots);
    const firstLeaving = states.findIndex((state) => state === 'terminating' || state === 'kept');
    const after = firstLeaving === -1 ? [] : states.slice(firstLeaving + 1);
    expect(
      after.filter((state) => state !== 'kept'),
      JSON.stringify(slots),
    ).toEqual([]);
  }
}

let page: Page;
test.beforeAll(async ({ browser, ordinal }) => {
  page = await browser.newPage();
  await page.goto(ordinal.url);
});
test.afterAll(() => page.close());

const web = (ordinal: number): Locator => slotOf(page, 'web', ordinal);

test('Create makes web-0, web-1 and web-2 one after the other', async () => {
  await expect(page).toHaveURL(/\/boards\/default$/);
  await isLive(page);
  await expect(page.getByTestId('empty-board')).toBeVisible();
  const history = await recordSet(page, 'web');
  await page.getByRole('button', { name: 'Create', exact: true }).click();
  await allAre(page, 'web', 'ready', 3);
  expectStartsInOrder(await history());
  const first = (await history()).flatMap((slots) => slots['2'] ?? []);
  expect(first[0]).toMatch(/waiting|empty/);
  expect(first.filter((state) => started.includes(state))).toEqual(
    ['pending', 'starting', 'ready'].filter((s) => first.includes(s)),
  );
});

test('each has its DNS name, claim and volume', async () => {
  for (const ordinal of [0, 1, 2]) {
    const slot = web(ordinal);
    await expect(slot.getByTestId('pod-name')).toHaveText(`web-${ordinal}`);
    const ip = await slot.getByTestId('pod-ip').innerText();
    expect(ip).toMatch(/^\d+\.\d+\.\d+\.\d+$/);
    await expect(slot.getByTestId('dns')).toHaveAttribute('title', `web-${ordinal}.nginx.default.svc.cluster.local`);
    await expect(slot.getByTestId('dns')).toHaveAttribute('data-status', 'answered');
    await expect(slot.getByTestId('dns')).toContainText(ip);
    await expect(slot.getByTestId('claim')).toContainText(`www-web-${ordinal}`);
    await expect(slot.getByTestId('claim')).toHaveAttribute('data-state', 'bound');
    await expect(slot.getByTestId('volume')).toContainText('pvc-');
  }
  const facts = await factsOf(page, 'web');
  for (const part of ['ip', 'uid'] as const) expect(new Set(facts.map((slot) => slot[part])).size).toBe(3);
  expect(new Set(facts.flatMap((slot) => slot.volumes)).size).toBe(3);
});

test('a deleted pod comes back in its slot: new IP, same volume, second life', async () => {
  const [, before] = await factsOf(page, 'web');
  await actAndConfirm(page, web(1).getByRole('button', { name: 'Delete pod web-1' }), 'Delete pod web-1');
  await expect(web(1)).toHaveAttribute('data-life', '2');
  await isIn(web(1), 'ready');
  const [, after] = await factsOf(page, 'web');
  expect(after).toMatchObject({ name: 'web-1', claims: ['www-web-1'], volumes: before?.volumes, life: 2 });
  expect(after?.uid).not.toBe(before?.uid);
  expect(after?.ip).not.toBe(before?.ip);
  await expect(web(1).getByTitle(`was ${before?.ip}`)).toBeVisible();
  await expect(web(1)).toContainText('#2');
  await expect(web(1).getByTestId('dns')).toContainText(after?.ip ?? '');
});

test('a file on the claim outlives its pod', async () => {
  const dialog = page.getByRole('dialog');
  const open = () => web(0).getByRole('button', { name: 'Write or read a file in web-0' }).click();
  await open();
  await dialog.getByLabel('Path').fill('/usr/share/nginx/html/index.html');
  await dialog.getByLabel('Content').fill('¡Hola desde web-0! 你好');
  await expect(dialog).toContainText('On claim www-web-0: it outlives the pod.');
  await dialog.getByRole('button', { name: 'Write to web-0' }).click();
  await expect(dialog.getByTestId('file-written')).toContainText('On claim www-web-0');
  await dialog.getByRole('button', { name: 'Close' }).last().click();

  await actAndConfirm(page, web(0).getByRole('button', { name: 'Delete pod web-0' }), 'Delete pod web-0');
  await expect(web(0)).toHaveAttribute('data-life', '2');
  await isIn(web(0), 'ready');

  await open();
  await dialog.getByText('Read', { exact: true }).click();
  await dialog.getByLabel('Path').fill('/usr/share/nginx/html/index.html');
  await dialog.getByRole('button', { name: 'Read from web-0' }).click();
  await expect(dialog.getByTestId('file-content')).toHaveText('¡Hola desde web-0! 你好\n');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
});

test('scaled up and down with the buttons', async () => {
  const kept = await factsOf(page, 'web');
  await page.getByRole('button', { name: 'Scale web up' }).click();
  await isIn(web(3), 'ready');
  const [, , , fourth] = await factsOf(page, 'web');
  await page.getByRole('button', { name: 'Scale web down' }).click();
  await isIn(web(3), 'kept');
  await expect(web(3).getByTestId('claim')).toHaveAttribute('data-state', 'kept');
  const now = await factsOf(page, 'web');
  expect(now.slice(0, 3)).toEqual(kept);
  expect(now[3]).toMatchObject({ uid: '', ip: '', claims: ['www-web-3'], volumes: fourth?.volumes });
});

test('to 0 and back: the slots and their claims stay', async () => {
  const before = await factsOf(page, 'web');
  const down = page.getByRole('button', { name: 'Scale web down' });
  const history = await recordSet(page, 'web');
  // Three times, without waiting: each means one less than was asked for last.
  for (const _ of [1, 2, 3]) await down.click();
  await allAre(page, 'web', 'kept', 4);
  expectEndsInOrder(await history());
  await expect(down).toBeDisabled();

  await page.getByLabel('Replicas of web').fill('3');
  await page.getByRole('button', { name: 'Scale web to 3' }).click();
  for (const ordinal of [0, 1, 2]) await isIn(web(ordinal), 'ready');
  await isIn(web(3), 'kept');
  const after = await factsOf(page, 'web');
  const stays = (slots: typeof after) => slots.map(({ name, claims, volumes }) => ({ name, claims, volumes }));
  expect(stays(after)).toEqual(stays(before));
  expect(after.map(({ life }) => life)).toEqual([3, 3, 2, 1]);
});

test('cleaned up, with the claims', async ({ ordinal }) => {
  const title = 'Clean up nginx as a StatefulSet';
  await page.getByRole('button', { name: 'Clean up the lab nginx as a StatefulSet' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.locator('[data-part=goes]')).toContainText('www-web-0, www-web-1, www-web-2, www-web-3');
  await dialog.getByRole('button', { name: title }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByTestId('empty-board')).toBeVisible();
  const left = async (path: string) => (await ordinal.api<{ items: unknown[] }>('GET', path)).body.items.length;
  await expect.poll(() => left('/api/v1/namespaces/default/persistentvolumeclaims')).toBe(0);
  await expect.poll(() => left('/api/v1/persistentvolumes')).toBe(0);
  await expect.poll(() => left('/api/v1/namespaces/default/pods')).toBe(0);
  await expect(page.getByRole('button', { name: 'Create', exact: true })).toBeVisible();
});
