// @vitest-environment happy-dom
import { act, cleanup, render } from '@testing-library/react';
import { IntlProvider } from 'use-intl';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { nginxWeb } from '../../labs/nginx-web/lab';
import { ActionRunnerProvider } from '../actions/ActionContext';
import { fixtureNow } from '../board/fixtures';
import { en } from '../ui/messages/en';
import { es } from '../ui/messages/es';
import { ClockProvider } from '../ui/seconds';
import { parseAddress } from './address';
import { refusing } from './runner';
import { scenesFor, type Scene } from './scene';
import { sections } from './sections';

const all = scenesFor(sections, '');
const clock = { toPageTime: (serverMs: number) => serverMs, fixedNow: fixtureNow };

async function draw(scene: Scene, locale: 'en' | 'es') {
  const problems: string[] = [];
  const page = render(
    <IntlProvider
      locale={locale}
      messages={locale === 'en' ? en : es}
      timeZone="UTC"
      onError={(error) => problems.push(error.message)}
    >
      <ClockProvider value={clock}>
        <ActionRunnerProvider value={refusing}>{scene.draw([nginxWeb])}</ActionRunnerProvider>
      </ClockProvider>
    </IntlProvider>,
  );
  await act(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
  return { page, problems };
}

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

it('has no address twice', () => {
  const addresses = all.map(({ address }) => address);
  expect(addresses).toEqual([...new Set(addresses)]);
});

describe.each(['en', 'es'] as const)('in %s', (locale) => {
  it.each(all.map(({ address, scene }) => [address, scene] as const))(
    'draws %s',
    { timeout: 60_000 },
    async (_address, scene) => {
      const complaints = vi.spyOn(console, 'error').mockImplementation(() => undefined);
      const { page, problems } = await draw(scene, locale);
      expect(page.baseElement.textContent?.trim()).not.toBe('');
      expect(problems).toEqual([]);
      expect(complaints.mock.calls).toEqual([]);
    },
  );
});

it('gives no id twice to parts that stand on one page', async () => {
  const parts = all.filter(({ scene }) => !scene.isPage);
  const together: Scene = {
    name: 'all',
    draw: (labs) => parts.map(({ address, scene }) => <div key={address}>{scene.draw(labs)}</div>),
  };
  const { page } = await draw(together, 'en');
  const ids = [...page.container.querySelectorAll('[id]')].map(({ id }) => id);
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
});

describe('an address', () => {
  it.each([
    ['', { only: '' }],
    ['?only=slots/states&theme=dark&lang=es', { only: 'slots/states', theme: 'dark', locale: 'es' }],
    ['?theme=pink&lang=xx', { only: '' }],
  ])('%s is read', (search, expected) => {
    expect(parseAddress(search)).toEqual(expected);
  });

  it.each([
    ['slots', 8],
    ['slots/states', 1],
    ['slot', 0],
    ['nowhere', 0],
  ])('%s finds %i', (only, count) => {
    expect(scenesFor(sections, only)).toHaveLength(count);
  });
});
