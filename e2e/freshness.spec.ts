import type { Page } from '@playwright/test';
import { startApiProxy, type ApiProxy } from './apiProxy';
import { allAre, factsOf, isIn, isLive, openBoard, recordFreshness, slotOf } from './board';
import { startOrdinal, startPractice, type Ordinal } from './ordinal';
import { expect, test as base } from './test';
import { createWeb } from './web';

/** A practice cluster, and a dashboard that reaches it only through a network that can fail. */
interface Lab {
  url: string;
  proxy: ApiProxy;
  api: Ordinal['api'];
  pid: Ordinal['pid'];
}

const test = base.extend<object, { lab: Lab }>({
  lab: [
    async ({}, provide) => {
      const cluster = await startPractice('--speed=20');
      const proxy = await startApiProxy(cluster.kubeconfig, cluster.directory);
      const ordinal = await startOrdinal({ flags: ['--context=practice', `--kubeconfig=${proxy.kubeconfig}`] });
      await createWeb({ api: cluster.api } as Ordinal, 'default', 'web', 2);
      await provide({ url: ordinal.url, proxy, api: cluster.api, pid: ordinal.pid });
      await ordinal.stop();
      await proxy.close();
      await cluster.stop();
    },
    { scope: 'worker', timeout: 60_000 },
  ],
});

const limitMs = 5_000;
const silentLimitMs = 20_000;
const chip = (page: Page) => page.getByTestId('freshness');

async function opened(page: Page, lab: Lab): Promise<void> {
  await openBoard(page, lab.url, 'default');
  await allAre(page, 'web', 'ready', 2);
  await page.evaluate(() => void (document.documentElement.dataset.loaded = 'once'));
}

const wasNeverReloaded = (page: Page) => expect(page.locator('html')).toHaveAttribute('data-loaded', 'once');

/** Deletes a pod, and resolves with its uid. */
async function deletePod(page: Page, lab: Lab, ordinal: number): Promise<string> {
  const uid = (await factsOf(page, 'web'))[ordinal]?.uid ?? '';
  await lab.api('DELETE', `/api/v1/namespaces/default/pods/web-${ordinal}`);
  return uid;
}

async function showsNewPod(page: Page, ordinal: number, former: string): Promise<void> {
  await expect(slotOf(page, 'web', ordinal)).not.toHaveAttribute('data-uid', former);
  await isIn(slotOf(page, 'web', ordinal), 'ready');
}

test('a watch hangs in silence: said within 20 s, and put right by itself', async ({ page, lab }) => {
  await opened(page, lab);
  const freshness = await recordFreshness(page);
  lab.proxy.silenceOpenWatches();
  const hungAt = Date.now();
  const former = await deletePod(page, lab, 1);
  await expect(chip(page)).toHaveAttribute('data-cause', 'watchSilent', { timeout: silentLimitMs });
  await expect(page.getByTestId('freshness-banner')).toContainText('hangs in silence');
  await isLive(page);
  await showsNewPod(page, 1, former);
  const stale = (await freshness()).find(({ state }) => state === 'stale');
  expect((stale?.at ?? Infinity) - hungAt).toBeLessThan(silentLimitMs);
  await wasNeverReloaded(page);
});

test('every watch hangs, new ones too: never taken for live while things change, and kept up by lists', async ({
  page,
  lab,
}) => {
  await opened(page, lab);
  lab.proxy.silenceWatches();
  try {
    const first = await deletePod(page, lab, 0);
    await expect(chip(page)).toHaveAttribute('data-cause', 'watchSilent', { timeout: silentLimitMs });
    await showsNewPod(page, 0, first);
    const second = await deletePod(page, lab, 1);
    await showsNewPod(page, 1, second);
    await expect(chip(page)).toHaveAttribute('data-cause', 'watchSilent');
  } finally {
    lab.proxy.pass();
  }
  await lab.api('PATCH', '/apis/apps/v1/namespaces/default/statefulsets/web', { spec: { replicas: 3 } });
  await isIn(slotOf(page, 'web', 2), 'ready');
  await lab.api('PATCH', '/apis/apps/v1/namespaces/default/statefulsets/web', { spec: { replicas: 2 } });
  await isIn(slotOf(page, 'web', 2), 'kept');
  await lab.api('DELETE', '/api/v1/namespaces/default/persistentvolumeclaims/www-web-2');
  await allAre(page, 'web', 'ready', 2);
  await isLive(page);
  await wasNeverReloaded(page);
});

const outages: [name: string, cause: string, start: (proxy: ApiProxy) => unknown, end: (proxy: ApiProxy) => unknown][] =
  [
    ['nobody answers at the API’s address', 'clusterGone', (proxy) => proxy.close(), (proxy) => proxy.listen()],
    [
      'the API takes requests and does not answer',
      'clusterSilent',
      (proxy) => proxy.swallow(),
      (proxy) => proxy.pass(),
    ],
    ['a watch is refused (403)', 'watchRefused', (proxy) => proxy.refuse('pods', 403), (proxy) => proxy.pass()],
    ['a watch is refused (401)', 'watchUnknown', (proxy) => proxy.refuse('pods', 401), (proxy) => proxy.pass()],
  ];

for (const [name, cause, start, end] of outages) {
  test(`${name}: said within 5 s, and put right by itself`, async ({ page, lab }) => {
    await opened(page, lab);
    const freshness = await recordFreshness(page);
    const startedAt = Date.now();
    await start(lab.proxy);
    try {
      await expect(chip(page)).toHaveAttribute('data-cause', cause);
      await expect(chip(page)).toHaveAttribute('data-state', 'stale');
    } finally {
      await end(lab.proxy);
    }
    const stale = (await freshness()).find(({ state }) => state === 'stale');
    expect((stale?.at ?? Infinity) - startedAt).toBeLessThan(limitMs);
    await isLive(page);
    const former = await deletePod(page, lab, 1);
    await showsNewPod(page, 1, former);
    await wasNeverReloaded(page);
  });
}

test('watches that are cut are said to be cut, and opened again', async ({ page, lab }) => {
  await opened(page, lab);
  const causes: string[] = [];
  await page.exposeFunction('sawCause', (cause: string) => causes.push(cause));
  await page.evaluate(() => {
    const shown = document.querySelector<HTMLElement>('[data-testid=freshness]');
    const look = () => void Reflect.get(window, 'sawCause')(shown?.dataset.cause ?? 'live');
    if (shown) new MutationObserver(look).observe(shown, { attributeFilter: ['data-cause'] });
  });
  lab.proxy.cutWatches();
  await expect.poll(() => causes).toContain('watchCut');
  await isLive(page);
  const former = await deletePod(page, lab, 1);
  await showsNewPod(page, 1, former);
});

const pageOutages: [
  name: string,
  cause: string,
  start: (page: Page, lab: Lab) => unknown,
  end: (page: Page, lab: Lab) => unknown,
][] = [
  [
    'the dashboard’s server hangs',
    'serverSilent',
    (_page, lab) => process.kill(lab.pid(), 'SIGSTOP'),
    (_page, lab) => process.kill(lab.pid(), 'SIGCONT'),
  ],
  [
    'the browser has no network',
    'pageOffline',
    (page) => page.context().setOffline(true),
    (page) => page.context().setOffline(false),
  ],
];

for (const [name, cause, start, end] of pageOutages) {
  test(`${name}: said within 5 s, and put right by itself`, async ({ page, lab }) => {
    await opened(page, lab);
    const freshness = await recordFreshness(page);
    const startedAt = Date.now();
    await start(page, lab);
    try {
      await expect(chip(page)).toHaveAttribute('data-cause', cause);
      await expect(chip(page)).toHaveAttribute('data-state', 'offline');
      const offline = (await freshness()).find(({ state }) => state === 'offline');
      expect((offline?.at ?? Infinity) - startedAt).toBeLessThan(limitMs);
    } finally {
      await end(page, lab);
    }
    await isLive(page);
    await wasNeverReloaded(page);
  });
}

test('what is opened without a network comes when it is back, and the page stays', async ({ page, lab }) => {
  await opened(page, lab);
  await page.context().setOffline(true);
  try {
    await expect(chip(page)).toHaveAttribute('data-cause', 'pageOffline');
    await chip(page).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Lives of web-1' }).click();
    await expect(page.getByTestId('slot')).toHaveCount(2);
  } finally {
    await page.context().setOffline(false);
  }
  await expect(page.getByTestId('explanation')).toBeVisible();
  await isLive(page);
  await wasNeverReloaded(page);
});

test('the chip opens how each kind is followed, and closes with Escape', async ({ page, lab }) => {
  await opened(page, lab);
  await chip(page).click();
  const detail = page.getByTestId('freshness-detail');
  await expect(detail.locator('tr[data-kind=pods]')).toHaveAttribute('data-state', 'live');
  await expect(detail.locator('tbody tr:not([data-state=live])')).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(detail).toBeHidden();
});
