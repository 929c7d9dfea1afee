import type { Page } from '@playwright/test';
import { allAre, factsOf, isIn, isLive, openBoard, recordFreshness, recordSet, slotOf } from './board';
import { startOrdinal, startPractice, type Ordinal } from './ordinal';
import { expect, test } from './test';
import { createWeb } from './web';

test.use({ flags: ['--speed=20'] });

const limitMs = 5_000;

/** A page that was loaded again has lost this. */
const mark = (page: Page) => page.evaluate(() => void (document.documentElement.dataset.loaded = 'once'));
const wasNeverReloaded = (page: Page) => expect(page.locator('html')).toHaveAttribute('data-loaded', 'once');

/** When the cluster's own API answers again, as anybody beside the dashboard sees it. */
async function answers(ordinal: Pick<Ordinal, 'api'>): Promise<number> {
  for (;;) {
    const answer = await ordinal.api('GET', '/version').catch(() => undefined);
    if (answer?.code === 200) return Date.now();
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Each slot once, and what it shows is what the cluster has: both may still change, as pods come back after a restart. */
async function expectTrue(page: Page, ordinal: Pick<Ordinal, 'api'>, namespace: string): Promise<void> {
  interface Pods {
    items: { metadata: { name: string; uid: string }; status: { podIP: string } }[];
  }
  const held = async () => {
    const { body } = await ordinal.api<Pods>('GET', `/api/v1/namespaces/${namespace}/pods`);
    const pods = body.items.map(({ metadata: { name, uid }, status: { podIP: ip } }) => ({ name, uid, ip }));
    return pods.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  };
  const shown = async () =>
    (await factsOf(page, 'web')).filter((s) => s.uid !== '').map(({ name, uid, ip }) => ({ name, uid, ip }));
  await expect(async () => expect(await shown()).toEqual(await held())).toPass();
}

test('the dashboard is killed and started again: offline meanwhile, then right by itself', async ({
  page,
  ordinal,
  namespace,
}) => {
  await openBoard(page, ordinal.url, namespace);
  await mark(page);
  // The dialogs come with the first hand on the page.
  await page.mouse.move(10, 10);
  await createWeb(ordinal, namespace);
  await allAre(page, 'web', 'ready', 3);
  const before = await factsOf(page, 'web');

  await ordinal.kill();
  await expect(page.getByTestId('freshness')).toHaveAttribute('data-state', 'offline', { timeout: limitMs });
  await expect(page.getByTestId('freshness-banner')).toContainText('no connection to the dashboard');
  expect(
    (await factsOf(page, 'web')).map(({ uid }) => uid),
    'what was known stays on the screen',
  ).toEqual(before.map(({ uid }) => uid));
  const refused = slotOf(page, 'web', 2).getByRole('button', { name: 'Delete pod web-2' });
  await refused.click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete pod web-2' }).click();
  await expect(page.getByRole('dialog').getByTestId('error')).toHaveAttribute('data-kind', 'unreachable');
  await page.keyboard.press('Escape');

  await ordinal.restart();
  await isLive(page);
  await allAre(page, 'web', 'ready', 3);
  const after = await factsOf(page, 'web');
  const kept = (facts: typeof after) => facts.map(({ name, uid, claims, volumes }) => ({ name, uid, claims, volumes }));
  expect(kept(after)).toEqual(kept(before));
  await expectTrue(page, ordinal, namespace);
  await page.getByRole('button', { name: 'Scale web up' }).click();
  await isIn(slotOf(page, 'web', 3), 'ready');
  await wasNeverReloaded(page);
});

test('the cluster is killed: stale within 5 s, and right again within 5 s of its answer', async ({
  page,
  ordinal,
  namespace,
}) => {
  await openBoard(page, ordinal.url, namespace);
  await mark(page);
  await createWeb(ordinal, namespace);
  await allAre(page, 'web', 'ready', 3);
  const before = await factsOf(page, 'web');
  const pid = ordinal.practicePid();
  const freshness = await recordFreshness(page);

  const killedAt = Date.now();
  process.kill(pid, 'SIGKILL');
  await expect.poll(async () => (await freshness()).map(({ state }) => state)).toContain('stale');
  const answeredAt = await answers(ordinal);
  await isLive(page);
  const seen = await freshness();
  expect(seen.map(({ state }) => state)).toEqual(['live', 'stale', 'live']);
  expect((seen[1]?.at ?? Infinity) - killedAt).toBeLessThan(limitMs);
  expect((seen[2]?.at ?? Infinity) - answeredAt).toBeLessThan(limitMs);
  expect(ordinal.practicePid()).not.toBe(pid);

  await allAre(page, 'web', 'ready', 3);
  expect((await factsOf(page, 'web')).map(({ uid, volumes }) => ({ uid, volumes }))).toEqual(
    before.map(({ uid, volumes }) => ({ uid, volumes })),
  );
  await expectTrue(page, ordinal, namespace);
  await wasNeverReloaded(page);
});

test('the cluster hangs: stale within 5 s, and right again within 5 s of its answer', async ({
  page,
  ordinal,
  namespace,
}) => {
  await openBoard(page, ordinal.url, namespace);
  await createWeb(ordinal, namespace, 'web', 1);
  await allAre(page, 'web', 'ready', 1);
  const freshness = await recordFreshness(page);
  const pid = ordinal.practicePid();
  const stoppedAt = Date.now();
  process.kill(pid, 'SIGSTOP');
  try {
    await expect(page.getByTestId('freshness')).toHaveAttribute('data-state', 'stale', { timeout: 10_000 });
    await expect(page.getByTestId('freshness')).toHaveAttribute('data-cause', 'clusterSilent');
  } finally {
    process.kill(pid, 'SIGCONT');
  }
  const answeredAt = await answers(ordinal);
  await isLive(page);
  const [, stale, live] = await freshness();
  expect((stale?.at ?? Infinity) - stoppedAt).toBeLessThan(limitMs);
  expect((live?.at ?? Infinity) - answeredAt).toBeLessThan(limitMs);
  await ordinal.api('PATCH', `/apis/apps/v1/namespaces/${namespace}/statefulsets/web`, { spec: { replicas: 2 } });
  await isIn(slotOf(page, 'web', 1), 'ready');
});

/** Here the cluster is somebody else's: it goes on while the dashboard is away. */
test('what happens while the dashboard is away is there when it is back, once', async ({ page }) => {
  const cluster = await startPractice('--speed=20');
  const flags = ['--context=practice', `--kubeconfig=${cluster.kubeconfig}`];
  const ordinal = await startOrdinal({ flags });
  try {
    const on = { api: cluster.api } as Ordinal;
    await createWeb(on, 'default');
    await openBoard(page, ordinal.url, 'default');
    await mark(page);
    await allAre(page, 'web', 'ready', 3);
    await ordinal.kill();
    await expect(page.getByTestId('freshness')).toHaveAttribute('data-state', 'offline');

    const history = await recordSet(page, 'web');
    const [, second] = await factsOf(page, 'web');
    await cluster.api('DELETE', '/api/v1/namespaces/default/pods/web-1');
    await cluster.api('PATCH', '/apis/apps/v1/namespaces/default/statefulsets/web', { spec: { replicas: 4 } });
    const isDone = async () => {
      const set = await cluster.api<{ status: { readyReplicas: number; replicas: number } }>(
        'GET',
        '/apis/apps/v1/namespaces/default/statefulsets/web',
      );
      return `${set.body.status.readyReplicas}/${set.body.status.replicas}`;
    };
    await expect.poll(isDone).toBe('4/4');
    expect(await history(), 'a page without its server does not move').toHaveLength(1);

    await ordinal.restart();
    await isLive(page);
    await allAre(page, 'web', 'ready', 4);
    await expectTrue(page, on, 'default');
    const [, now] = await factsOf(page, 'web');
    expect(now?.uid).not.toBe(second?.uid);
    expect(now?.volumes).toEqual(second?.volumes);
    await wasNeverReloaded(page);
  } finally {
    await ordinal.stop();
    await cluster.stop();
  }
});
