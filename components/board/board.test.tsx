// @vitest-environment happy-dom
import { cleanup, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Board, SlotState } from '../../lib/board/model';
import type { Freshness } from '../../lib/stream/freshness';
import { nginxWeb } from '../../labs/nginx-web/lab';
import { BoardView } from './BoardView';
import {
  aBoard,
  allStates,
  aPod,
  aSet,
  aSlot,
  everyStateBoard,
  fixtureNow,
  lessonBoard,
  slotIn,
  twoClaimsBoard,
} from './fixtures';
import { FreshnessChip } from './FreshnessChip';
import { FreshnessDetail } from './FreshnessDetail';
import { causeLooks } from './freshnessLooks';
import * as podCard from './PodCard';
import { slotLooks } from './slotState';
import { renderPart } from './testing';

const live: Freshness = { state: 'live', trueAt: fixtureNow - 1000, viewers: 3 };
const view = (board: Board | undefined, freshness = live) => (
  <BoardView board={board} namespace="default" freshness={freshness} labs={[nginxWeb]} />
);
const slot = (ordinal: number) => {
  const found = screen.getAllByTestId('slot').find((element) => element.dataset.ordinal === String(ordinal));
  if (!found) throw new Error(`no slot ${ordinal}`);
  return found;
};

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

describe('slots', () => {
  it.each(allStates.map((state, ordinal) => [state, ordinal] as const))('shows %s', (state, ordinal) => {
    renderPart(view(everyStateBoard()));
    const found = slot(ordinal);
    expect(found.dataset).toMatchObject({ set: 'web', ordinal: String(ordinal), state });
    expect(within(found).getByTestId('pod-name').textContent).toBe(`web-${ordinal}`);
    expect(within(found).getByTestId('pod-ip')).toBeTruthy();
    expect(within(found).getByTestId('dns')).toBeTruthy();
  });

  it('gives each state a shape of its own', () => {
    const icons = new Set(allStates.map((state: SlotState) => slotLooks[state].icon));
    expect(icons.size).toBe(allStates.length);
  });

  it('has the address alone in pod-ip, and the former one beside it', () => {
    const newIp = aSlot(1, { pod: aPod(1, { ip: '10.244.1.99' }), life: 2, lives: slotIn('starting', 1).lives });
    renderPart(view(aBoard([aSet([aSlot(0), newIp])])));
    expect(within(slot(1)).getByTestId('pod-ip').textContent).toBe('10.244.1.99');
    expect(within(slot(1)).getByText('10.244.2.9').tagName).toBe('S');
  });

  it('draws a claim and a volume for each claim', () => {
    renderPart(view(twoClaimsBoard()));
    expect(
      within(slot(0))
        .getAllByTestId('claim')
        .map((claim) => claim.dataset.name),
    ).toEqual(['www-web-0', 'logs-web-0']);
    expect(within(slot(0)).getAllByTestId('volume')).toHaveLength(2);
  });

  it('says of a set without claims that files go with the pod, and has no row for volumes', () => {
    renderPart(view(aBoard([aSet([aSlot(0, { claims: [] })])])));
    expect(within(slot(0)).getByText('no claim: files go with the pod')).toBeTruthy();
    expect(screen.queryByText('PV')).toBeNull();
  });

  it('says by kubectl’s word what is wrong with a pod in its first life', () => {
    const pod = aPod(0, { ready: false, status: 'CrashLoopBackOff', readyContainers: 0 });
    const waitsFor = { code: 'crashLoop', subject: 'nginx' } as const;
    renderPart(view(aBoard([aSet([aSlot(0, { state: 'failed', pod, waitsFor })])])));
    expect(within(slot(0)).getByText('CrashLoopBackOff 0/1')).toBeTruthy();
    expect(within(slot(0)).getByText('nginx keeps ending; next try later')).toBeTruthy();
  });

  it('names each control for what it does', () => {
    renderPart(view(lessonBoard()));
    for (const name of [
      'Delete pod web-1',
      'Scale web up',
      'Scale web down',
      'Delete StatefulSet web',
      'Write file…',
      'Delete claim www-web-3',
    ])
      expect(screen.getByRole('button', { name })).toBeTruthy();
  });
});

it('draws again only the slot that changed', () => {
  const draw = vi.spyOn(podCard, 'PodCard');
  const board = lessonBoard();
  const page = renderPart(view(board));
  draw.mockClear();
  const [set] = board.sets;
  if (!set) throw new Error('no set');
  const changed = { ...board, sets: [{ ...set, slots: set.slots.with(1, aSlot(1)) }] };
  page.rerender(view(changed));
  expect(draw.mock.calls.map(([props]) => props.slot.name)).toEqual(['web-1']);
});

it('draws no slot again when only the freshness changes', () => {
  const board = lessonBoard();
  const draw = vi.spyOn(podCard, 'PodCard');
  const page = renderPart(view(board));
  draw.mockClear();
  page.rerender(view(board, { ...live, latencyMs: 7 }));
  expect(draw).not.toHaveBeenCalled();
});

describe('freshness', () => {
  it.each(['live', 'stale', 'offline'] as const)('says %s', (state) => {
    renderPart(<FreshnessChip freshness={{ ...live, state }} />);
    expect(screen.getByTestId('freshness').dataset.state).toBe(state);
    expect(screen.getByTestId('freshness').textContent).toContain('as of 1s ago');
  });

  it('gives each cause a shape of its own', () => {
    expect(new Set(Object.values(causeLooks).map(({ icon }) => icon)).size).toBe(Object.keys(causeLooks).length);
  });

  it('tells of each kind its state, its last change, its last list and its last comparison', () => {
    const pods = { kind: 'pods', state: 'watchSilent', objects: 3, lastSyncAt: fixtureNow - 60_000 } as const;
    renderPart(<FreshnessDetail freshness={{ ...live, kinds: [{ ...pods, lastEventAt: fixtureNow - 4000 }] }} />);
    const row = within(screen.getByTestId('freshness-detail')).getAllByRole('row').at(-1);
    expect(row?.textContent).toBe('pods (3)hangs in silence4s60snone yet');
  });

  it('puts a banner over an old board and marks its values', () => {
    renderPart(view(lessonBoard(), { state: 'stale', cause: 'clusterGone', trueAt: fixtureNow - 42_000, viewers: 0 }));
    expect(screen.getByTestId('freshness-banner').textContent).toContain('as of 42s ago');
    expect(screen.getByRole('main').className).toContain('not-live');
  });
});

it('offers the lab on an empty board, and says what would come', () => {
  renderPart(view(aBoard([])));
  const card = screen.getByTestId('lab-card');
  expect(within(card).getByRole('button', { name: 'Create' })).toBeTruthy();
  expect(card.textContent).toContain('StatefulSet web with 3 replicas');
});

it('waits in words until the first board has come', () => {
  renderPart(view(undefined, { state: 'offline', cause: 'connecting', viewers: 0 }));
  expect(screen.getByTestId('loading').textContent).toContain('Waiting for the first board');
});
