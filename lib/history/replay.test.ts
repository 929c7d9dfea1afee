import { describe, expect, it } from 'vitest';
import { historyOf, type History } from './history';
import { cursorOf, liveReplay, replayed, type Command, type Replay } from './replay';
import { Watched } from './testing';

/** Changes at 10 s, 10 s, 20 s and 40 s after the start; now is 60 s after it. */
const watched = new Watched();
const start = watched.world.now;
watched.change((world) => world.later(10).create('web-0', { ready: false }));
watched.change((world) => world.pod('web-0', { ready: true }));
watched.change((world) => world.later(10).pod('web-0', { deleting: true }));
watched.change((world) => world.later(20).gone('web-0'));
const found = historyOf(watched.kept.stretches);
if (!found) throw new Error('nothing was kept');
const history: History = found;
const recording: History = { ...history, until: start + 50_000 };
const now = start + 60_000;

function version(version: number) {
  return { epoch: 'e1', version };
}

/** Where the cursor stands after some commands, in seconds and changes, and in which mode. */
function after(
  commands: Command[],
  over: History = history,
  from: Replay = liveReplay,
  later = 0,
): [string, number, number] {
  const replay = commands.reduce((state, command) => replayed(state, command, over, now), from);
  const { at, count } = cursorOf(replay, over, now + later);
  return [replay.mode, (at - start) / 1000, count];
}

describe('a replay', () => {
  it.each<[string, Command[], [string, number, number]]>([
    ['begins live', [], ['live', 60, 4]],
    ['stands still where it was', [{ kind: 'pause' }], ['paused', 60, 4]],
    ['goes to a time', [{ kind: 'seek', at: start + 15_000 }], ['paused', 15, 2]],
    ['goes no further back than it knows', [{ kind: 'seek', at: 0 }], ['paused', 0, 0]],
    ['is live again at its end', [{ kind: 'pause' }, { kind: 'seek', at: now }], ['live', 60, 4]],
    ['steps back from live', [{ kind: 'step', by: -1 }], ['paused', 20, 3]],
    [
      'steps through what came together',
      [
        { kind: 'seek', at: start + 15_000 },
        { kind: 'step', by: -1 },
      ],
      ['paused', 10, 1],
    ],
    ['steps no further than the first', [{ kind: 'step', by: -10 }], ['paused', 0, 0]],
    [
      'steps no further than the last',
      [
        { kind: 'step', by: -1 },
        { kind: 'step', by: 10 },
      ],
      ['paused', 40, 4],
    ],
    ['goes to a version', [{ kind: 'goTo', position: version(1) }], ['paused', 10, 1]],
    ['plays from where it stands', [{ kind: 'seek', at: start + 15_000 }, { kind: 'play' }], ['playing', 15, 2]],
    ['plays the last half minute from live', [{ kind: 'play', speed: 0.25 }], ['playing', 30, 3]],
    ['stands still while it plays', [{ kind: 'play' }, { kind: 'pause' }], ['paused', 30, 3]],
    ['comes back', [{ kind: 'step', by: -2 }, { kind: 'live' }], ['live', 60, 4]],
  ])('%s', (_name, commands, expected) => {
    expect(after(commands)).toEqual(expected);
  });

  it.each([
    [0.25, 8000, 17, 2],
    [1, 8000, 23, 3],
    [4, 8000, 47, 4],
    [4, 60_000, 120, 4],
  ] as const)('at %d× is so much further after %d ms', (speed, later, at, count) => {
    const commands: Command[] = [
      { kind: 'seek', at: start + 15_000 },
      { kind: 'play', speed },
    ];
    expect(after(commands, history, liveReplay, later)).toEqual(['playing', at, count]);
  });

  it('is live once it has caught up', () => {
    const playing: Replay = { mode: 'playing', speed: 4, from: start + 50_000, since: now - 2000 };
    expect(replayed(playing, { kind: 'tick' }, history, now)).toBe(playing);
    expect(replayed(playing, { kind: 'tick' }, history, now + 2000).mode).toBe('live');
  });

  it('keeps its place when the speed changes, and plays on when it is moved', () => {
    const playing: Replay = { mode: 'playing', speed: 4, from: start, since: now - 5000 };
    expect(after([{ kind: 'play', speed: 1 }], history, playing)).toEqual(['playing', 20, 3]);
    expect(after([{ kind: 'seek', at: start + 5000 }], history, playing)).toEqual(['playing', 5, 0]);
  });

  it('of a recording ends at its end, and begins again from there', () => {
    expect(after([{ kind: 'live' }], recording)).toEqual(['paused', 50, 4]);
    expect(after([{ kind: 'live' }, { kind: 'play' }], recording)).toEqual(['playing', 0, 0]);
    const playing: Replay = { mode: 'playing', speed: 1, from: start + 49_000, since: now - 2000 };
    expect(after([{ kind: 'tick' }], recording, playing)).toEqual(['paused', 50, 4]);
  });

  it('without a history knows only what was asked for', () => {
    const asked = replayed(liveReplay, { kind: 'goTo', position: version(3) }, undefined, now);
    expect(asked).toEqual({ mode: 'paused', speed: 1, position: version(3) });
    expect(replayed(asked, { kind: 'step', by: 1 }, undefined, now)).toBe(asked);
    expect(replayed(asked, { kind: 'live' }, undefined, now)).toEqual(liveReplay);
  });
});
