// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { IntlProvider } from 'use-intl';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Watched } from '../../lib/history/testing';
import { formatPosition } from '../../lib/stream/protocol';
import { nginxWeb } from '../../labs/nginx-web/lab';
import { en } from '../ui/messages/en';
import { LiveBoard } from './LiveBoard';

/** The page's end of a connection, driven by the test. */
const socket = vi.hoisted(() => {
  const handlers = new Map<string, Set<(value: unknown) => void>>();
  return {
    connected: true,
    on: (event: string, handler: (value: unknown) => void) =>
      handlers.set(event, (handlers.get(event) ?? new Set()).add(handler)),
    off: (event: string, handler: (value: unknown) => void) => handlers.get(event)?.delete(handler),
    emit: () => undefined,
    connect: () => undefined,
    bring: (event: string, value: unknown) => handlers.get(event)?.forEach((handler) => handler(value)),
  };
});
vi.mock('../live/connection', () => ({ connection: () => socket, setBasePath: () => undefined }));

vi.mock('next/navigation', () => ({ useRouter: () => ({ push: () => undefined }) }));

let count = 0;

describe('the page of a board', () => {
  let namespace: string;
  let watched: Watched;

  beforeEach(() => {
    namespace = `lab-${++count}`;
    watched = new Watched();
    watched.change((world) => world.later(5).claim('web', 0).create('web-0', { ip: '10.0.0.1' }));
    watched.change((world) => world.later(5).pod('web-0', { ip: '10.0.0.1', deleting: true }));
    watched.change((world) => world.later(5).gone('web-0').create('web-0', { ip: '10.0.0.2' }));
    window.history.replaceState(null, '', `/boards/${namespace}`);
    vi.stubGlobal('fetch', (path: string) =>
      Promise.resolve(
        path.endsWith('/history')
          ? Response.json({ namespace, stretches: watched.kept.stretches })
          : Response.json({ kind: 'notFound', message: 'not kept' }, { status: 404 }),
      ),
    );
  });
  afterEach(() => {
    cleanup();
    vi.unstubAllGlobals();
  });

  async function open(): Promise<void> {
    render(
      <IntlProvider locale="en" messages={en} timeZone="UTC">
        <LiveBoard namespace={namespace} labs={[nginxWeb]} />
      </IntlProvider>,
    );
    const moment = watched.live.at(-1);
    act(() =>
      socket.bring('snapshot', { namespace, ...moment?.position, sentAt: 0, at: moment?.at, board: moment?.board }),
    );
    await waitFor(() => expect(screen.getByTestId('scrubber')).toBeTruthy(), { timeout: 15_000 });
  }

  const slot = () => screen.getAllByTestId('slot')[0];
  const press = (key: string) => fireEvent.keyDown(screen.getByTestId('scrubber'), { key });
  const at = () => new URLSearchParams(location.search).get('at');

  it('goes back change by change, as it was, and to now again', async () => {
    await open();
    expect(slot()?.dataset).toMatchObject({ life: '2', uid: 'pod-2' });
    press('ArrowLeft');
    expect(slot()?.dataset).toMatchObject({ state: 'terminating', life: '1', uid: 'pod-1' });
    press('ArrowLeft');
    expect(slot()?.dataset).toMatchObject({ state: 'ready', life: '1', uid: 'pod-1' });
    expect(screen.getByTestId('past-banner').textContent).toContain('past moment');
    expect(at()).toBe(watched.live[1] && formatPosition(watched.live[1].position));
    expect(screen.getByLabelText('Delete pod web-0').matches(':disabled, fieldset:disabled *')).toBe(true);
    fireEvent.click(screen.getByLabelText('Back to live'));
    expect(screen.queryByTestId('past-banner')).toBeNull();
    expect(slot()?.dataset.uid).toBe('pod-2');
    expect(at()).toBeNull();
    expect(screen.getByLabelText('Delete pod web-0').matches(':disabled, fieldset:disabled *')).toBe(false);
  });

  it('stays where it is while the cluster goes on', async () => {
    await open();
    press('ArrowLeft');
    const before = slot()?.dataset.state;
    const from = watched.live.at(-1)?.position.version ?? 0;
    watched.change((world) => world.later(5).pod('web-0', { ip: '10.0.0.2', ready: false }));
    const step = watched.kept.stretches.at(-1)?.steps.at(-1);
    act(() =>
      socket.bring('patch', { namespace, epoch: 'e1', from, sentAt: 0, patches: [step?.patch], times: [step?.at] }),
    );
    expect(slot()?.dataset.state).toBe(before);
    press('End');
    expect(slot()?.dataset.state).toBe('unready');
  });
});
