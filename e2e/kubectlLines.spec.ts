import { isDeepStrictEqual } from 'node:util';
import type { Locator, Page } from '@playwright/test';
import { allAre, openBoard, slotOf } from './board';
import { kubectl, paste } from './kubectlLine';
import type { Ordinal } from './ordinal';
import { expect, test } from './test';
import { createWeb } from './web';

test.use({ flags: ['--speed=20', '--dns-cache=1', '--nodes=3'] });

// Where it matters it is there, or the run fails.
if (!kubectl && process.env.CI === 'true') throw new Error('kubectl was not found (KUBECTL, PATH), and CI needs it.');
if (!kubectl) console.log('skipped: kubectlLines.spec.ts, as no kubectl was found (KUBECTL, PATH)');
test.skip(!kubectl, 'no kubectl was found');

interface Item {
  metadata: {
    name: string;
    uid: string;
    labels?: Record<string, string>;
    ownerReferences?: object[];
    deletionTimestamp?: string;
  };
  spec: { claimRef?: { namespace: string; name: string } };
}

const restartedAt = 'kubectl.kubernetes.io/restartedAt';

/** Two restarts differ by when they were asked for, and so does the hash of the template that their pods are labelled with. */
function withoutTimes(items: Item[]): Item[] {
  const isRestarted = JSON.stringify(items).includes(restartedAt);
  const hide = (key: string, value: unknown) =>
    key === restartedAt || (isRestarted && key === 'controller-revision-hash') ? 'at some time' : value;
  return JSON.parse(JSON.stringify(items, hide)) as Item[];
}

/** Which address a Service is given is the next free one. */
function withoutAddress(spec: Item['spec']): unknown {
  const isGiven = (key: string, value: unknown) => /^clusterIPs?$/.test(key) && !String(value).includes('None');
  return JSON.parse(JSON.stringify(spec, (key, value: unknown) => (isGiven(key, value) ? 'given' : value)));
}

async function listed(ordinal: Ordinal, path: string): Promise<Item[]> {
  return (await ordinal.api<{ items: Item[] }>('GET', path)).body.items;
}

const collections = {
  sets: '/apis/apps/v1/namespaces/NS/statefulsets',
  pods: '/api/v1/namespaces/NS/pods',
  services: '/api/v1/namespaces/NS/services',
  claims: '/api/v1/namespaces/NS/persistentvolumeclaims',
};

/** A namespace without what differs from one to the next anyhow: what the same action must leave the same. */
async function stateOf(ordinal: Ordinal, namespace: string, before: Set<string>): Promise<unknown> {
  const state: Record<string, unknown> = {};
  const isGoing = ({ metadata }: Item) => metadata.deletionTimestamp !== undefined;
  for (const [kind, path] of Object.entries(collections)) {
    const items = withoutTimes(await listed(ordinal, path.replace('NS', namespace)));
    state[kind] = items.map((item) => ({
      // The names of a Deployment's pods are random, here as there.
      name: item.metadata.labels?.['pod-template-hash'] === undefined ? item.metadata.name : 'random',
      labels: item.metadata.labels,
      isNew: !before.has(item.metadata.uid),
      isOwned: item.metadata.ownerReferences !== undefined,
      isGoing: isGoing(item),
      ...(kind === 'sets' || kind === 'services' ? { spec: withoutAddress(item.spec) } : {}),
    }));
  }
  const volumes = (await listed(ordinal, '/api/v1/persistentvolumes')).filter(
    ({ spec }) => spec.claimRef?.namespace === namespace,
  );
  // Their own names are the claims' uids, so their order says nothing.
  state.volumes = volumes.map((item) => `${item.spec.claimRef?.name} ${isGoing(item)}`).toSorted();
  state.isThere = (await ordinal.api('GET', `/api/v1/namespaces/${namespace}`)).code === 200;
  return state;
}

async function uidsOf(ordinal: Ordinal, namespace: string): Promise<Set<string>> {
  const all = Object.values(collections).map((path) => listed(ordinal, path.replace('NS', namespace)));
  return new Set((await Promise.all(all)).flat().map(({ metadata }) => metadata.uid));
}

interface Case {
  what: string;
  /** How many replicas are there before; undefined: an empty namespace. */
  replicas?: number;
  /** Brings up what shows the line, and says where it is shown and which button does it. */
  ask(page: Page, namespace: string): Promise<{ place: Locator; button: Locator }>;
}

const inDialog = async (page: Page, opener: Locator, words: string | RegExp, choose?: string) => {
  await opener.click();
  const place = page.getByRole('dialog');
  if (choose) await place.getByText(choose, { exact: true }).click();
  return { place, button: place.getByRole('button', { name: words }) };
};

/** What is to be changed, chosen in the dialog that updates `web`. */
const updating = async (page: Page, words: string, ...steps: ((dialog: Locator) => Promise<void>)[]) => {
  await page.getByRole('button', { name: 'Update web' }).click();
  const place = page.getByRole('dialog');
  for (const step of steps) await step(place);
  return { place, button: place.getByRole('button', { name: words }) };
};
const chosen = (text: string) => (dialog: Locator) => dialog.getByText(text, { exact: true }).click();
const filled = (label: string, text: string) => (dialog: Locator) => dialog.getByLabel(label).fill(text);
const newImage = filled('Image of nginx', 'registry.k8s.io/nginx-slim:0.24');

/** One revision later, and settled. */
const updated = async (page: Page) => {
  const { button } = await updating(page, 'Set the image of web', newImage);
  await button.click();
  await expect(page.getByTestId('revision').first()).toHaveAttribute('data-ordinals', '0');
  await allAre(page, 'web', 'ready', 1);
};

const cases: Case[] = [
  {
    what: 'create the lab',
    async ask(page) {
      const place = page.getByTestId('lab-card');
      await place.getByText('The same with kubectl').click();
      return { place, button: place.getByRole('button', { name: 'Create', exact: true }) };
    },
  },
  {
    what: 'scale up',
    replicas: 1,
    async ask(page) {
      const button = page.getByRole('button', { name: 'Scale web up' });
      await button.focus();
      return { place: page.getByTestId('set'), button };
    },
  },
  {
    what: 'scale to 0',
    replicas: 2,
    async ask(page) {
      await page.getByLabel('Replicas of web').fill('0');
      return { place: page.getByTestId('set'), button: page.getByRole('button', { name: 'Scale web to 0' }) };
    },
  },
  {
    what: 'set the image',
    replicas: 2,
    ask: (page) => updating(page, 'Set the image of web', newImage),
  },
  {
    what: 'try an image in the last slot',
    replicas: 3,
    ask: (page) => updating(page, 'Try the image in web-2 first', newImage, chosen('web-2 alone (canary)')),
  },
  {
    what: 'set the partition',
    replicas: 2,
    ask: (page) =>
      updating(
        page,
        'Set how web is updated',
        chosen('How it is updated'),
        filled('Partition: how many of the first ordinals stay as they are', '1'),
      ),
  },
  {
    what: 'update on delete only',
    replicas: 1,
    ask: (page) =>
      updating(page, 'Set how web is updated', chosen('How it is updated'), chosen('When deleted (OnDelete)')),
  },
  {
    what: 'restart',
    replicas: 2,
    ask: (page) => updating(page, 'Restart the pods of web', chosen('Nothing: restart')),
  },
  {
    what: 'roll back',
    replicas: 1,
    async ask(page) {
      await updated(page);
      const revisions = page.getByTestId('revisions');
      // Open by itself while the revisions differ; it closes when the update is over, but not under the pointer.
      await revisions.hover();
      if ((await revisions.getAttribute('open')) === null) await revisions.locator('summary').click();
      return inDialog(page, revisions.getByText('Roll back to 1…'), 'Roll web back to revision 1');
    },
  },
  {
    what: 'delete a pod',
    replicas: 2,
    ask: (page) => inDialog(page, slotOf(page, 'web', 1).getByLabel('Delete pod web-1'), 'Delete pod web-1'),
  },
  {
    what: 'delete all pods of a set',
    replicas: 3,
    ask: (page) =>
      inDialog(page, page.getByRole('button', { name: 'Delete all pods of web' }), 'Delete all pods of web'),
  },
  {
    what: 'delete a set with its pods',
    replicas: 2,
    ask: (page) =>
      inDialog(page, page.getByRole('button', { name: 'Delete StatefulSet web' }), 'Delete StatefulSet web'),
  },
  {
    what: 'delete a set and leave its pods',
    replicas: 2,
    ask: (page) =>
      inDialog(
        page,
        page.getByRole('button', { name: 'Delete StatefulSet web' }),
        'Delete StatefulSet web',
        'Leave the pods running',
      ),
  },
  {
    what: 'delete a claim in use',
    replicas: 1,
    ask: (page) =>
      inDialog(page, slotOf(page, 'web', 0).getByLabel('Delete claim www-web-0'), 'Delete claim www-web-0'),
  },
  {
    what: 'delete a volume in use',
    replicas: 1,
    ask: (page) => inDialog(page, slotOf(page, 'web', 0).getByLabel(/^Delete volume pvc-/), /^Delete volume pvc-/),
  },
  {
    what: 'delete the namespace',
    replicas: 1,
    ask: (page, namespace) => {
      const words = `Delete namespace ${namespace}`;
      return inDialog(page, page.getByRole('button', { name: words }), words);
    },
  },
  {
    what: 'make the app of the lab as a Deployment, with one claim for all',
    replicas: 1,
    ask: (page) =>
      inDialog(
        page,
        page.getByRole('button', { name: 'The same app as a Deployment…' }),
        'Create Deployment web-deploy',
        'On one claim for all',
      ),
  },
  {
    what: 'clean up the lab with its claims',
    replicas: 2,
    ask: (page) =>
      inDialog(page, page.getByRole('button', { name: 'Clean up the lab nginx as a StatefulSet' }), /^Clean up nginx/),
  },
  {
    what: 'clean up the lab and keep the claims',
    replicas: 2,
    ask: (page) =>
      inDialog(
        page,
        page.getByRole('button', { name: 'Clean up the lab nginx as a StatefulSet' }),
        /^Clean up nginx/,
        'Keep the claims and their data',
      ),
  },
];

/**
 * The same beginning in both namespaces, settled. Pods stop in turn, with time between them: kubectl looks whether each is gone, lists it,
 * and then watches for its end, which it waits for in vain when the pod goes and comes back between two of these.
 */
async function prepare(page: Page, ordinal: Ordinal, namespace: string, replicas: number | undefined) {
  await ordinal.api('POST', '/api/v1/namespaces', { metadata: { name: namespace } });
  if (replicas !== undefined) await createWeb(ordinal, namespace, 'web', replicas, 'inTurn');
  await openBoard(page, ordinal.url, namespace);
  if (replicas !== undefined) await allAre(page, 'web', 'ready', replicas);
  return uidsOf(ordinal, namespace);
}

for (const [index, { what, replicas, ask }] of cases.entries()) {
  test(`the line does what the button does: ${what}`, async ({ page, ordinal }) => {
    const [byLine, byButton] = [`line-${index}`, `button-${index}`];
    const beforeLine = await prepare(page, ordinal, byLine, replicas);
    const untouched = await stateOf(ordinal, byLine, beforeLine);
    const line = await lineIn((await ask(page, byLine)).place);
    const ran = await paste(ordinal.kubeconfig, line);
    expect(ran.stderr).toBe('');
    expect(ran.code, line).toBe(0);

    const beforeButton = await prepare(page, ordinal, byButton, replicas);
    await (await ask(page, byButton)).button.click();
    const areSame = async () => {
      const fromLine = await stateOf(ordinal, byLine, beforeLine);
      const fromButton = await stateOf(ordinal, byButton, beforeButton);
      return !isDeepStrictEqual(fromLine, untouched) && isDeepStrictEqual(fromLine, fromButton);
    };
    await expect.poll(areSame).toBe(true);
  });
}

function lineIn(place: Locator): Promise<string> {
  return place.getByTestId('kubectl-line').innerText();
}

/** Each a whole path: what a shell, a URL or kubectl itself might trip over. */
const awkward = [
  `/tmp/it's "quoted"`,
  '/tmp/$(touch pwned) `id` $HOME',
  '/tmp/-rf',
  '/tmp/a  b\\n%41&?#;|*',
  '/usr/share/nginx/html/página 名前 😀.html',
];

test('the lines of files: awkward paths, by line and by button', async ({ page, ordinal, namespace }) => {
  await createWeb(ordinal, namespace, 'web', 1);
  await openBoard(page, ordinal.url, namespace);
  await allAre(page, 'web', 'ready', 1);
  await slotOf(page, 'web', 0).getByLabel('Write or read a file in web-0').click();
  const dialog = page.getByRole('dialog');
  const choose = (mode: 'Write' | 'Read') => dialog.getByText(mode, { exact: true }).click();
  for (const path of awkward) {
    const content = `first\n'"$(id)\`\\ ${path}`;
    // Written with the button, read with the line.
    await choose('Write');
    await dialog.getByLabel('Path').fill(path);
    await dialog.getByLabel('Content').fill(`button ${content}`);
    await dialog.getByRole('button', { name: 'Write to web-0' }).click();
    await expect(dialog.getByTestId('file-written')).toBeVisible();
    await choose('Read');
    const read = await paste(ordinal.kubeconfig, await lineIn(dialog));
    expect({ code: read.code, stderr: read.stderr, stdout: read.stdout.toString() }).toEqual({
      code: 0,
      stderr: '',
      stdout: `button ${content}\n`,
    });
    // Written with the line, read with the button.
    await choose('Write');
    await dialog.getByLabel('Content').fill(`line ${content}`);
    const written = await paste(ordinal.kubeconfig, await lineIn(dialog));
    expect(written).toMatchObject({ code: 0, stderr: '' });
    await choose('Read');
    await dialog.getByRole('button', { name: 'Read from web-0' }).click();
    await expect(dialog.getByTestId('file-content')).toHaveText(`line ${content}\n`);
  }
  const found = await paste(ordinal.kubeconfig, `kubectl exec -n ${namespace} web-0 -- find / -name 'pwned*'`);
  expect(found.stdout.toString()).toBe('');
});

test('the line of a file of bytes', async ({ page, ordinal, namespace }) => {
  await createWeb(ordinal, namespace, 'web', 1);
  await openBoard(page, ordinal.url, namespace);
  await allAre(page, 'web', 'ready', 1);
  await slotOf(page, 'web', 0).getByLabel('Write or read a file in web-0').click();
  const dialog = page.getByRole('dialog');
  const bytes = Buffer.from(Array.from({ length: 100_000 }, (_, i) => (i * 7919 + (i >> 8)) % 256));
  await dialog.getByLabel('Path').fill('/usr/share/nginx/html/bytes');
  await dialog
    .getByLabel('A file of yours')
    .setInputFiles({ name: 'bytes', mimeType: 'application/octet-stream', buffer: bytes });
  const ran = await paste(ordinal.kubeconfig, await lineIn(dialog));
  expect(ran).toMatchObject({ code: 0, stderr: '' });
  await dialog.getByText('Read', { exact: true }).click();
  const download = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Read from web-0' }).click();
  await dialog.getByRole('button', { name: 'Download' }).click();
  const parts: Buffer[] = [];
  for await (const part of await (await download).createReadStream()) parts.push(part as Buffer);
  expect(Buffer.concat(parts).equals(bytes)).toBe(true);
});

test('the line that makes a namespace, and the manifest by kubectl, as the board follows', async ({
  page,
  ordinal,
}) => {
  await openBoard(page, ordinal.url, 'by-hand');
  await page.getByText('The same with kubectl').click();
  const made = await paste(ordinal.kubeconfig, await lineIn(page.locator('main')));
  expect(made).toMatchObject({ code: 0, stderr: '' });
  await expect(page.getByRole('heading', { name: 'No StatefulSet in by-hand yet' })).toBeVisible();
  const applied = await paste(
    ordinal.kubeconfig,
    `kubectl apply -n by-hand -f ${process.cwd()}/labs/nginx-web/web.yaml`,
  );
  expect(applied).toMatchObject({ code: 0, stderr: '' });
  await allAre(page, 'web', 'ready', 3);
});
