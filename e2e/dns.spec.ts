import { allAre, openBoard } from './board';
import { expect, test } from './test';
import { createWeb } from './web';

test.use({ flags: ['--speed=20', '--dns-cache=6'] });

test('DNS as answered: the named port’s SRV records, and a deleted pod’s name that leaves and comes back', async ({
  page,
  ordinal,
  namespace,
}) => {
  await openBoard(page, ordinal.url, namespace);
  await createWeb(ordinal, namespace, 'web', 2);
  await allAre(page, 'web', 'ready', 2);
  const panel = page.getByTestId('dns-panel');
  await page.getByRole('tab', { name: 'DNS' }).click();
  await expect(panel).toHaveAttribute('data-source', 'asked');
  const srv = panel.getByTestId('dns-srv');
  await expect(srv).toContainText('_web._tcp');
  await expect(srv.getByRole('listitem')).toHaveText([/web-0\.nginx:80.*weight 50/, /web-1\.nginx:80.*weight 50/]);
  const name = `web-1.nginx.${namespace}.svc.cluster.local`;
  const absences = panel.locator(`[data-testid=dns-absence][data-name="${name}"]`);
  const slot = page.locator('[data-testid=slot][data-ordinal="1"]');
  const former = await slot.getByTestId('pod-ip').textContent();

  await ordinal.api('DELETE', `/api/v1/namespaces/${namespace}/pods/web-1`);
  const latest = absences.filter({ hasText: former ?? '' }).first();
  await expect(latest.locator('s')).toHaveText(former ?? '');
  await expect(latest).toHaveAttribute('data-stage', 'back');
  const now = (await slot.getByTestId('pod-ip').textContent()) ?? '';
  expect(now).not.toBe(former);
  await expect(latest).toContainText(now);
  await expect(latest).toContainText('DNS was heard to answer so');
});
