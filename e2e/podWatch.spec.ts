import { spawn } from 'node:child_process';
import type { Page } from '@playwright/test';
import { allAre, openBoard, slotOf } from './board';
import { kubectl } from './kubectlLine';
import type { Ordinal } from './ordinal';
import { expect, test } from './test';
import { countWatches } from './watches';
import { createWeb } from './web';

test.use({ flags: ['--speed=5', '--nodes=2'] });

if (!kubectl && process.env.CI === 'true') throw new Error('kubectl was not found (KUBECTL, PATH), and CI needs it.');
if (!kubectl) console.log('skipped: podWatch.spec.ts, as no kubectl was found (KUBECTL, PATH)');
test.skip(!kubectl, 'no kubectl was found');

/** `kubectl get pods -w` in a namespace, until it is ended. */
function watchPods(ordinal: Ordinal, namespace: string, ...flags: string[]) {
  const child = spawn(kubectl ?? '', ['get', 'pods', '-w', '-n', namespace, ...flags], {
    env: { PATH: process.env.PATH, HOME: ordinal.directory, KUBECONFIG: ordinal.kubeconfig, NODE_ENV: 'test' },
  });
  let printed = '';
  child.stdout.on('data', (part: Buffer) => (printed += part.toString()));
  return { lines: () => linesOf(printed), end: () => child.kill('SIGKILL') };
}

/** Without ages: the page counts from when its server was told, which may be the next second. */
function linesOf(text: string): string[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.replace(/(?<= )(<invalid>|\d+s|\d+m(\d+s)?)( +|$)/, 'AGE '));
}

async function shown(page: Page): Promise<string[]> {
  return linesOf((await page.getByRole('log').textContent()) ?? '');
}

function scale(ordinal: Ordinal, namespace: string, replicas: number) {
  const path = `/apis/apps/v1/namespaces/${namespace}/statefulsets/web/scale`;
  return ordinal.api('PUT', path, {
    apiVersion: 'autoscaling/v1',
    kind: 'Scale',
    metadata: { name: 'web', namespace },
    spec: { replicas },
  });
}

for (const flags of [[], ['-o', 'wide']]) {
  test(`prints what kubectl get pods -w ${flags.join(' ')} prints`, async ({ page, ordinal, namespace }) => {
    await openBoard(page, ordinal.url, namespace);
    await page.getByRole('button', { name: 'kubectl get pods -w' }).click();
    if (flags.length > 0) await page.getByRole('checkbox', { name: '-o wide' }).check();
    const watches = () => countWatches(ordinal, { resource: 'pods', scope: 'namespace' });
    await expect.poll(watches).toBe(0);
    const terminal = watchPods(ordinal, namespace, ...flags);
    try {
      // A watch of nothing prints nothing; the dashboard's own is one of all namespaces.
      await expect.poll(watches).toBe(1);
      await createWeb(ordinal, namespace, 'web', 2);
      await allAre(page, 'web', 'ready', 2);
      await ordinal.api('DELETE', `/api/v1/namespaces/${namespace}/pods/web-1`);
      await expect(slotOf(page, 'web', 1)).toHaveAttribute('data-life', '2');
      await allAre(page, 'web', 'ready', 2);
      await scale(ordinal, namespace, 3);
      await allAre(page, 'web', 'ready', 3);
      await scale(ordinal, namespace, 1);
      await expect(slotOf(page, 'web', 1)).toHaveAttribute('data-state', 'kept');
      // Which of the two has the last line sooner is open.
      await expect(async () => expect(await shown(page)).toEqual(terminal.lines())).toPass();
      expect(terminal.lines().length).toBeGreaterThan(20);
    } finally {
      terminal.end();
    }
  });
}
