import type { Locator, Page } from '@playwright/test';
import { isIn, isLive, openBoard, slotOf } from './board';
import type { Ordinal } from './ordinal';
import { expect, test } from './test';
import { createWeb } from './web';

test.use({ flags: ['--speed=4'] });

const claimsOf = (namespace: string) => `/api/v1/namespaces/${namespace}/persistentvolumeclaims`;

function volume(name: string, storage: string) {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name },
    spec: {
      capacity: { storage },
      accessModes: ['ReadWriteOnce'],
      persistentVolumeReclaimPolicy: 'Retain',
      nfs: { server: '10.0.0.9', path: `/exports/${name}` },
    },
  };
}

/** Asks for no class, so that only a volume made by hand can fit. */
function claim(name: string, storage: string) {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name },
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage } }, storageClassName: '' },
  };
}

async function openStorage(page: Page): Promise<Locator> {
  await page.getByRole('tab', { name: 'Storage' }).click();
  return page.getByTestId('storage-panel');
}

async function write(page: Page, ordinal: Ordinal, namespace: string, pod: string, path: string): Promise<void> {
  const query = new URLSearchParams({ path });
  const answer = await page.request.put(`${ordinal.url}/api/namespaces/${namespace}/pods/${pod}/files?${query}`, {
    data: Buffer.from('hello'),
    headers: { 'content-type': 'application/octet-stream' },
  });
  expect(answer.status()).toBe(200);
}

test('says why a claim has no volume, until one fits', async ({ page, ordinal, namespace }) => {
  await ordinal.api('POST', '/api/v1/persistentvolumes', volume('small', '1Gi'));
  await ordinal.api('POST', claimsOf(namespace), claim('data', '3Gi'));
  await openBoard(page, ordinal.url, namespace);
  const panel = await openStorage(page);
  const row = panel.locator('[data-testid=claim-row][data-name=data]');
  await expect(row.getByTestId('why-unbound')).toHaveAttribute('data-code', 'noClass');
  await expect(row.locator('[data-testid=misfit][data-name=small]')).toContainText('too small: 1Gi, 3Gi asked for');
  await row.getByText('Kubernetes says').click();
  await expect(row).toContainText('no persistent volumes available for this claim');
  await expect(panel.locator('[data-testid=storage-class][data-name=standard]')).toContainText('default');

  await ordinal.api('POST', '/api/v1/persistentvolumes', volume('large', '5Gi'));
  await expect(row.getByTestId('why-unbound')).toBeHidden();
  await expect(row).toContainText('Asked for 3Gi, got all 5Gi of its volume.');

  await ordinal.api('DELETE', `${claimsOf(namespace)}/data`);
  const released = panel.locator('[data-testid=volume-row][data-name=large]');
  await expect(released).toHaveAttribute('data-phase', 'Released');
  await expect(released).toContainText(`Was the volume of ${namespace}/data`);

  // Made available again by the button, it is bound by the next claim that fits.
  await released.getByRole('button', { name: 'Make available again… large' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.locator('[data-part=stays]')).toContainText('Volume large');
  await expect(dialog.getByTestId('kubectl-line')).toContainText('kubectl patch pv large --type=json');
  await dialog.getByRole('button', { name: 'Make volume large available again' }).click();
  await expect(dialog).toBeHidden();
  await expect(released).toHaveAttribute('data-phase', 'Available');
  await ordinal.api('POST', claimsOf(namespace), claim('again', '3Gi'));
  await expect(panel.locator('[data-testid=claim-row][data-name=again]')).toContainText('large');
  await ordinal.api('DELETE', `${claimsOf(namespace)}/again`);
  for (const name of ['small', 'large']) await ordinal.api('DELETE', `/api/v1/persistentvolumes/${name}`);
});

test('shows who wrote what onto a claim, and what is lost with its pod', async ({ page, ordinal, namespace }) => {
  await createWeb(ordinal, namespace, 'web', 2);
  await openBoard(page, ordinal.url, namespace);
  const [zero, one] = [slotOf(page, 'web', 0), slotOf(page, 'web', 1)];
  await isIn(one, 'ready');
  await write(page, ordinal, namespace, 'web-1', '/usr/share/nginx/html/index.html');
  await write(page, ordinal, namespace, 'web-1', '/tmp/x');
  await expect(one.getByTestId('last-file')).toHaveText('index.html by web-1 (life 1)');
  await expect(one.getByTestId('own-file')).toHaveAttribute('data-lost', 'no');
  await expect(one.getByTestId('own-file')).toContainText('goes with its container');

  await ordinal.api('DELETE', `/api/v1/namespaces/${namespace}/pods/web-1`);
  await expect(one.getByTestId('own-file')).toHaveAttribute('data-lost', 'pod');
  await expect(one).toHaveAttribute('data-life', '2');
  await isIn(one, 'ready');
  await expect(one.getByTestId('own-file')).toContainText('/tmp/x');
  await expect(one.getByTestId('own-file')).toContainText('lost with life 1');
  await expect(one.getByTestId('last-file')).toHaveText('index.html by web-1 (life 1)');
  await expect(zero.getByTestId('own-file')).toHaveCount(0);
  await expect(zero.getByTestId('last-file')).toHaveCount(0);

  const panel = await openStorage(page);
  await panel.getByRole('button', { name: 'Files on it: claim www-web-1' }).click();
  const listed = panel.locator('[data-testid=listed-file][data-name="index.html"]');
  await expect(listed).toContainText('5 B');
  await expect(listed).toContainText('written by web-1 (life 1)');
  await write(page, ordinal, namespace, 'web-1', "/usr/share/nginx/html/it's $(a) name");
  await expect(panel.locator(`[data-testid=listed-file][data-name="it's $(a) name"]`)).toContainText('web-1 (life 2)');
  await expect(panel.locator('[data-testid=written-file][data-name="/tmp/x"]')).toContainText('lost with life 1');
  await expect(panel.locator('[data-testid=claim-row][data-name=www-web-1]').getByTestId('claim-users')).toContainText(
    'Only web-1 mounts it',
  );

  // Who wrote it is kept, without the life.
  await ordinal.restart();
  await isLive(page);
  await expect(one.getByTestId('last-file')).toHaveText("it's $(a) name by web-1", { timeout: 40_000 });
});
