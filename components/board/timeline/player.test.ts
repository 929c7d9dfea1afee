import { describe, expect, it } from 'vitest';
import { historyOf } from '../../../lib/history/history';
import type { HistoryState } from '../../../lib/history/source';
import { Watched } from '../../../lib/history/testing';
import { Player } from './player';

const watched = new Watched();
const start = watched.world.now;
watched.change((world) => world.later(10).create('web-0', { ready: false }));
watched.change((world) => world.later(10).pod('web-0', { ready: true }));
const history = historyOf(watched.kept.stretches);

function playing(state: HistoryState = history ? { history } : {}) {
  let now = start + 60_000;
  let frame: (() => void) | undefined;
  const player = new Player({ subscribe: () => () => undefined, get: () => state, now: () => now }, (task) => {
    frame = task;
    return () => (frame = undefined);
  });
  let told = 0;
  const leave = player.subscribe(() => (told += 1));
  const pass = (ms: number): void => {
    now += ms;
    const due = frame;
    frame = undefined;
    due?.();
  };
  return { player, pass, leave, told: () => told, waits: () => frame !== undefined };
}

describe('Player', () => {
  it('shows every past board as it was live', () => {
    const { player } = playing();
    for (const moment of watched.live) {
      player.do({ kind: 'goTo', position: moment.position });
      expect(player.shown?.moment).toEqual(moment);
    }
    player.do({ kind: 'live' });
    expect(player.shown).toBeUndefined();
  });

  it('moves with the frames while it plays, then is live and asks for no more', () => {
    const { player, pass, waits } = playing();
    player.do({ kind: 'seek', at: start + 9000 });
    expect(waits()).toBe(false);
    player.do({ kind: 'play', speed: 4 });
    pass(1000);
    expect(player.shown).toMatchObject({ at: start + 13_000, position: { version: 1 } });
    pass(2000);
    expect(player.shown).toMatchObject({ at: start + 21_000, position: { version: 2 } });
    pass(20_000);
    expect(player.replay.mode).toBe('live');
    expect(waits()).toBe(false);
  });

  it('stops with the last who looks', () => {
    const { player, leave, waits } = playing();
    player.do({ kind: 'play' });
    expect(waits()).toBe(true);
    leave();
    expect(waits()).toBe(false);
  });

  it('knows what was asked for before its history has come', () => {
    const state: HistoryState = {};
    const { player } = playing(state);
    const position = { epoch: 'e1', version: 1 };
    player.do({ kind: 'goTo', position });
    expect(player.shown).toEqual({ position });
    if (history) state.history = history;
    player.show();
    expect(player.shown?.moment?.at).toBe(start + 10_000);
  });

  it('says that it does not hold a version, rather than show another', () => {
    const { player } = playing();
    const position = { epoch: 'long-ago', version: 1 };
    player.do({ kind: 'goTo', position });
    expect(player.shown).toEqual({ position });
  });
});
