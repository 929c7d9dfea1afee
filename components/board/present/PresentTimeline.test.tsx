// @vitest-environment happy-dom
import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { stillSource } from '../../../lib/history/source';
import { fixtureNow, lessonHistory } from '../fixtures';
import { renderPart } from '../testing';
import { Player } from '../timeline/player';
import { PlayerProvider } from '../timeline/PlayerContext';
import { Timeline } from '../timeline/Timeline';
import { PresentKeys } from './PresentKeys';

afterEach(() => {
  cleanup();
  localStorage.clear();
});

/** No frame ever comes, so that what plays stands where it began. */
const playerOf = (history = lessonHistory()) =>
  new Player(
    stillSource(history, () => fixtureNow),
    () => () => undefined,
  );

async function present(player: Player): Promise<void> {
  renderPart(
    <PlayerProvider value={player}>
      <Timeline />
      <PresentKeys />
    </PlayerProvider>,
  );
  await screen.findByTestId('scrubber');
}

const press = (key: string) => act(() => void fireEvent.keyDown(document.body, { key }));
const shown = () => screen.getByTestId('key-shown').textContent;

describe('on a wall', () => {
  it('S stands still, and plays from there', async () => {
    const player = playerOf();
    await present(player);
    press('s');
    expect(player.replay.mode).toBe('paused');
    expect(shown()).toBe('SStand still');
    press('s');
    expect(player.replay.mode).toBe('playing');
    expect(shown()).toBe('SPlay from here');
    press('s');
    expect(player.replay.mode).toBe('paused');
  });

  it('N goes back to live from wherever it stands', async () => {
    const player = playerOf();
    await present(player);
    act(() => player.do({ kind: 'seek', at: fixtureNow - 100_000 }));
    expect(player.shown?.moment).toBeDefined();
    press('n');
    expect(player.replay.mode).toBe('live');
    expect(player.shown).toBeUndefined();
    expect(shown()).toBe('NBack to live');
  });

  it('H shows the lanes and hides them', async () => {
    await present(playerOf());
    const isShown = () => screen.queryByRole('group', { name: 'Timeline' }) !== null;
    const before = isShown();
    press('h');
    expect(isShown()).toBe(!before);
    expect(shown()).toBe(before ? 'HHide the lanes' : 'HShow the lanes');
    press('h');
    expect(isShown()).toBe(before);
  });

  it('a recording has no live to go back to', async () => {
    const player = playerOf(lessonHistory({ until: fixtureNow }));
    player.do({ kind: 'live' });
    await present(player);
    press('n');
    expect(player.replay.mode).toBe('paused');
    expect(shown()).toContain('Not possible now');
  });
});

it.each(['h', 's', 'n'])('%s says so where there is no timeline', (key) => {
  renderPart(<PresentKeys />);
  press(key);
  expect(shown()).toContain('Not possible now');
});
