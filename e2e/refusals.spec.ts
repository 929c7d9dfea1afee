import type { Locator, Page } from '@playwright/test';
import { actAndConfirm, allAre, isIn, openBoard, slotOf } from './board';
import { startOrdinal } from './ordinal';
import { expect, test } from './test';
import { createWeb, webSet } from './web';

test.use({ flags: ['--speed=20', '--dns-cache=1'] });

/** In the reader's words, and Kubernetes' own below them. */
async function expectRefusal(place: Page | Locator, code: number, ours: string, kubernetes: string, reason: string) {
  const note = place.getByTestId('error');
  await expect(note).toHaveAttribute('data-code', String(code));
  await expect(note).toContainText(ours);
  await expect(note).toContainText(kubernetes);
  await expect(note).toContainText(`${reason} · ${code}`);
}

/** Opens the question, says yes, and leaves the dialog as it is. */
async function confirm(page: Page, button: Locator, words: string): Promise<Locator> {
  await button.click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: words, exact: true }).click();
  return dialog;
}

test('409: another field manager holds what Create would change', async ({ page, ordinal, namespace }) => {
  const { service } = webSet('nginx');
  const taken = { ...service, spec: { ...service.spec, selector: { app: 'teacher' } } };
  await ordinal.api('POST', `/api/v1/namespaces/${namespace}/services?fieldManager=teacher`, taken);
  await openBoard(page, ordinal.url, namespace);
  const card = page.getByTestId('lab-card');
  await card.getByRole('button', { name: 'Create', exact: true }).click();
  await expectRefusal(
    card,
    409,
    'Something else changed it at the same time',
    'Apply failed with 1 conflict: conflict with "teacher" using v1: .spec.selector',
    'Conflict',
  );
  await expect(page.getByTestId('slot')).toHaveCount(0);

  // Once the teacher lets go, the same button works: nothing is stuck.
  await ordinal.api('DELETE', `/api/v1/namespaces/${namespace}/services/nginx`);
  await card.getByRole('button', { name: 'Create', exact: true }).click();
  await allAre(page, 'web', 'ready', 3);
});

test('422: what Create asks for may not be changed any more', async ({ page, ordinal, namespace }) => {
  const { service } = webSet('nginx');
  // With an address of its own, which no manifest can take back.
  const spec = { selector: service.spec.selector, ports: service.spec.ports };
  await ordinal.api('POST', `/api/v1/namespaces/${namespace}/services?fieldManager=teacher`, { ...service, spec });
  await openBoard(page, ordinal.url, namespace);
  await page.getByRole('button', { name: 'Create', exact: true }).click();
  await expectRefusal(
    page.getByTestId('lab-card'),
    422,
    'The cluster does not accept the object',
    'Service "nginx" is invalid: spec.clusterIPs[0]: Invalid value: ["None"]: may not change once set',
    'Invalid',
  );
});

test('404: what a page shows that hears nothing any more is not there', async ({ page, ordinal, namespace }) => {
  await createWeb(ordinal, namespace, 'web', 2);
  let isDeaf = false;
  await page.routeWebSocket(/socket\.io/, (socket) => {
    const server = socket.connectToServer();
    server.onMessage((message) => isDeaf || socket.send(message));
  });
  await openBoard(page, ordinal.url, namespace);
  await allAre(page, 'web', 'ready', 2);
  isDeaf = true;
  await ordinal.api('PATCH', `/apis/apps/v1/namespaces/${namespace}/statefulsets/web`, { spec: { replicas: 1 } });
  await expect
    .poll(async () => (await ordinal.api('GET', `/api/v1/namespaces/${namespace}/pods/web-1`)).code, {
      timeout: 40_000,
    })
    .toBe(404);
  const dialog = await confirm(page, slotOf(page, 'web', 1).getByLabel('Delete pod web-1'), 'Delete pod web-1');
  await expectRefusal(dialog, 404, 'It is not there', 'pods "web-1" not found', 'NotFound');
});

test('what was is looked at, and nothing can be done to it', async ({ page, ordinal, namespace }) => {
  await createWeb(ordinal, namespace, 'web', 2);
  await openBoard(page, ordinal.url, namespace);
  await allAre(page, 'web', 'ready', 2);
  const moment = (await fetch(`${ordinal.url}/api/boards/${namespace}`)).headers.get('ordinal-version') ?? '';
  await ordinal.api('PATCH', `/apis/apps/v1/namespaces/${namespace}/statefulsets/web`, { spec: { replicas: 1 } });
  await isIn(slotOf(page, 'web', 1), 'kept');

  await page.goto(`${ordinal.url}/boards/${namespace}?at=${moment}`);
  await expect(page.getByTestId('past-banner')).toBeVisible();
  await isIn(slotOf(page, 'web', 1), 'ready');
  await expect(slotOf(page, 'web', 1).getByLabel('Delete pod web-1')).toBeDisabled();
  await page.getByTestId('past-banner').getByRole('button', { name: 'Back to now' }).click();
  await isIn(slotOf(page, 'web', 1), 'kept');
  await expect(slotOf(page, 'web', 0).getByLabel('Delete pod web-0')).toBeEnabled();
});

test('what goes while the question is open is told, and there is nothing to confirm', async ({
  page,
  ordinal,
  namespace,
}) => {
  await createWeb(ordinal, namespace, 'web', 1);
  await openBoard(page, ordinal.url, namespace);
  await allAre(page, 'web', 'ready', 1);
  await slotOf(page, 'web', 0).getByRole('button', { name: 'Delete claim www-web-0' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.locator('[data-part=goes]')).toContainText('Claim www-web-0');
  await ordinal.api('DELETE', `/apis/apps/v1/namespaces/${namespace}/statefulsets/web`);
  await ordinal.api('DELETE', `/api/v1/namespaces/${namespace}/persistentvolumeclaims/www-web-0`);
  await expect(dialog).toContainText('It is already gone.');
  await expect(dialog.getByRole('button', { name: 'Delete claim www-web-0' })).toBeDisabled();
});

test('403: one of the namespaces that every cluster needs', async ({ page, ordinal }) => {
  await openBoard(page, ordinal.url, 'default');
  const button = page.getByRole('button', { name: 'Delete namespace default' });
  await button.click();
  await expect(page.getByRole('dialog')).toContainText('Kubernetes refuses to delete default');
  await page.keyboard.press('Escape');
  const note = (await confirm(page, button, 'Delete namespace default')).getByTestId('error');
  await expect(note).toHaveAttribute('data-code', '403');
  await expect(note).toContainText('The namespace "default" belongs to the cluster itself');
});

test('403: a student may do everything in a namespace, and nothing beside it', async ({ page, ordinal }) => {
  const flags = ['--context=practice-student', `--kubeconfig=${ordinal.directory}/student.kubeconfig`];
  const student = await startOrdinal({ flags });
  try {
    await page.goto(student.url);
    await expect(page).toHaveURL(/\/boards\/student$/);
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    await allAre(page, 'web', 'ready', 3);
    await actAndConfirm(page, slotOf(page, 'web', 0).getByLabel('Delete pod web-0'), 'Delete pod web-0');
    await expect(slotOf(page, 'web', 0)).toHaveAttribute('data-life', '2');
    await isIn(slotOf(page, 'web', 0), 'ready');

    const removal = 'Delete namespace student';
    const dialog = await confirm(page, page.getByRole('button', { name: removal }), removal);
    const why = 'User "student" cannot delete resource "namespaces" in API group "" in the namespace "student"';
    await expectRefusal(
      dialog,
      403,
      'You are not allowed to do this',
      `namespaces "student" is forbidden: ${why}`,
      'Forbidden',
    );

    await page.goto(`${student.url}/boards/default`);
    await expect(page.getByTestId('freshness')).toHaveAttribute('data-cause', 'watchRefused');
    await page.getByTestId('freshness').click();
    await expect(page.getByTestId('freshness-detail')).toContainText(
      'is forbidden: User "student" cannot list resource',
    );
  } finally {
    await student.stop();
  }
});

test('a path that cannot be written: the words of the program in the pod', async ({ page, ordinal, namespace }) => {
  await createWeb(ordinal, namespace, 'web', 1);
  await openBoard(page, ordinal.url, namespace);
  await allAre(page, 'web', 'ready', 1);
  await slotOf(page, 'web', 0).getByRole('button', { name: 'Write or read a file in web-0' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Path').fill('/no/such/folder/file');
  await dialog.getByRole('button', { name: 'Write to web-0' }).click();
  await expect(dialog.getByTestId('error')).toHaveAttribute('data-kind', 'failed');
  await expect(dialog.getByTestId('error')).toContainText('/no/such/folder/file');
  await dialog.getByText('Read', { exact: true }).click();
  await dialog.getByRole('button', { name: 'Read from web-0' }).click();
  await expect(dialog.getByTestId('error')).toHaveAttribute('data-code', '404');
});
