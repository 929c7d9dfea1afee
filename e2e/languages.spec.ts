import { allAre, openBoard, slotOf } from './board';
import { expect, test } from './test';
import { createWeb } from './web';

test.use({ flags: ['--speed=20', '--dns-cache=5'] });

test('a Spanish browser gets a Spanish page', async ({ browser, ordinal, namespace }) => {
  const context = await browser.newContext({ locale: 'es-MX' });
  const page = await context.newPage();
  await openBoard(page, ordinal.url, namespace);
  await expect(page.locator('html')).toHaveAttribute('lang', 'es');
  await expect(page.getByRole('heading', { name: `Aún no hay ningún StatefulSet en ${namespace}` })).toBeVisible();
  await expect(page.getByTestId('freshness')).toContainText('En vivo');
  await page.getByRole('button', { name: 'Crear', exact: true }).click();
  await allAre(page, 'web', 'ready', 3);
  await expect(slotOf(page, 'web', 0)).toContainText('Listo');
  await slotOf(page, 'web', 0).getByRole('button', { name: 'Borrar el pod web-0' }).click();
  await expect(page.getByRole('dialog')).toContainText('Se va');
  await expect(page.getByRole('dialog')).toContainText('Se queda');
  await page.getByRole('dialog').getByRole('button', { name: 'Cancelar' }).click();
  await context.close();
});

test('the language is chosen, kept, and the data stay as they are', async ({ page, ordinal, namespace }) => {
  await createWeb(ordinal, namespace, 'web', 1);
  await openBoard(page, ordinal.url, namespace);
  await allAre(page, 'web', 'ready', 1);
  await page.getByLabel('Language').selectOption('es');
  await expect(page.getByRole('button', { name: 'Ampliar web' })).toBeVisible();
  await allAre(page, 'web', 'ready', 1);
  await page.reload();
  await expect(page.getByRole('button', { name: 'Ampliar web' })).toBeVisible();
  await page.goto(`${ordinal.url}/labs/nginx-web`);
  await expect(page.getByRole('heading', { level: 1, name: 'nginx como StatefulSet' })).toBeVisible();
  await page.getByLabel('Idioma').selectOption('en');
  await expect(page.getByRole('heading', { level: 1, name: 'nginx as a StatefulSet' })).toBeVisible();
});
