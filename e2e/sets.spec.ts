import { allAre, openBoard, slotOf } from './board';
import { expect, test } from './test';
import { createWeb } from './web';

test.use({ flags: ['--speed=50', '--dns-cache=10'] });

test('many sets are picked from a list, by keys too; what is not seen is not laid out, but is there', async ({
  page,
  ordinal,
  namespace,
}) => {
  const names = Array.from({ length: 12 }, (_, index) => `class-${index}`);
  for (const name of names) await createWeb(ordinal, namespace, name, 1);
  await openBoard(page, ordinal.url, namespace);
  const list = page.getByTestId('set-list');
  for (const name of names)
    await expect(slotOf(page, name, 0)).toHaveAttribute('data-state', 'ready', { timeout: 40_000 });
  await expect(list.getByRole('button', { name: /^class-3\s*1\/1\s*ready, Ready$/ })).toBeVisible();

  // The last by name, some screens below; the browser lays out what is within one and a half.
  const last = page.locator('[data-testid=set][data-set=class-9]');
  const isLaidOut = () =>
    slotOf(page, 'class-9', 0).evaluate((slot) => slot.checkVisibility({ contentVisibilityAuto: true }));
  expect(await isLaidOut()).toBe(false);
  await expect(slotOf(page, 'class-9', 0).getByTestId('pod-name')).toHaveText('class-9-0');

  await list.getByRole('searchbox', { name: 'Find a StatefulSet' }).fill('-9');
  await expect(list).toContainText('1 of 12');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(last).toBeFocused();
  await expect(last).toBeInViewport();
  expect(await isLaidOut()).toBe(true);
});

test('slots stay where they are while others come and go, with a partition, and through an update', async ({
  page,
  ordinal,
  namespace,
}) => {
  await createWeb(ordinal, namespace);
  await openBoard(page, ordinal.url, namespace);
  await allAre(page, 'web', 'ready', 3);
  const places = () =>
    Promise.all(
      [0, 1, 2].map((ordinal) =>
        slotOf(page, 'web', ordinal).evaluate((slot) => {
          const { left, top, width } = slot.getBoundingClientRect();
          return [left + scrollX, top + scrollY, width];
        }),
      ),
    );
  const before = await places();
  const patch = (spec: object) =>
    ordinal.api('PATCH', `/apis/apps/v1/namespaces/${namespace}/statefulsets/web`, { spec });
  await patch({ replicas: 5 });
  await allAre(page, 'web', 'ready', 5);
  expect(await places()).toEqual(before);

  // The panel of revisions comes and opens by itself, and closes when the update is over.
  const revisions = page.getByTestId('revisions');
  const template = { metadata: { annotations: { lesson: 'two' } } };
  await patch({ updateStrategy: { rollingUpdate: { partition: 2 } }, template });
  await expect(page.getByTestId('partition')).toBeAttached();
  await expect(revisions).toHaveAttribute('open');
  expect(await places()).toEqual(before);
  await patch({ updateStrategy: { rollingUpdate: { partition: 0 } } });
  await expect(revisions).not.toHaveAttribute('open', { timeout: 40_000 });
  await allAre(page, 'web', 'ready', 5);
  expect(await places()).toEqual(before);
});
