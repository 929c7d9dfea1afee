import { describe, expect, it } from 'vitest';
import { deriveBoard } from '../../board/derive';
import { World } from '../../board/testing';
import type { Change, Moment } from '../change';
import { podWatchLines } from './podWatch';
import { TabWriter } from './tabWriter';

/** A page that looks on while a world changes. */
class Watched {
  private start: Moment | undefined;
  private readonly changes: Change[] = [];

  constructor(readonly world: World) {
    this.look();
  }

  then(act: (world: World) => void): this {
    act(this.world);
    this.look();
    return this;
  }

  lines(isWide = false): string[] {
    const { start, changes } = this;
    return start ? podWatchLines({ start, changes }, isWide).map(({ text }) => text) : [];
  }

  private look(): void {
    const board = deriveBoard(this.world.snapshot());
    const position = { epoch: 'e', version: this.changes.length };
    const at = this.world.now;
    if (!this.start) this.start = { position, at, board };
    else this.changes.push({ position, at, before: this.changes.at(-1)?.after ?? this.start.board, after: board });
  }
}

const pending = { ready: false, phase: 'Pending', ip: '', node: '' } as const;
const creating = { ...pending, node: 'node-1', waiting: 'ContainerCreating' } as const;

describe('podWatchLines', () => {
  it('prints nothing, not even a header, before there is a pod', () => {
    const watched = new Watched(new World().set(1));
    expect(watched.lines()).toEqual([]);
    expect(watched.then((w) => w.event('Pod', 'web-0', 'X', 'y')).lines()).toEqual([]);
  });

  it('prints a line for each write of a pod, also one that shows nothing new', () => {
    const watched = new Watched(new World().set(1))
      .then((w) => w.create('web-0', pending))
      .then((w) => w.pod('web-0', pending))
      .then((w) => w.pod('web-0', creating))
      .then((w) => w.pod('web-0'));
    expect(watched.lines()).toEqual([
      'NAME    READY   STATUS    RESTARTS   AGE',
      'web-0   0/1     Pending   0          0s',
      'web-0   0/1     Pending   0          0s',
      // Wider than what was printed before: the columns to its right move, and stay there.
      'web-0   0/1     ContainerCreating   0          0s',
      'web-0   1/1     Running             0          0s',
    ]);
  });

  it('begins with the pods there are, by name, and their ages then', () => {
    const world = new World().set(11).create('web-10').create('web-2').create('box', { orphan: true }).later(200);
    expect(new Watched(world).lines()).toEqual([
      'NAME     READY   STATUS    RESTARTS   AGE',
      'box      1/1     Running   0          3m20s',
      'web-10   1/1     Running   0          3m20s',
      'web-2    1/1     Running   0          3m20s',
    ]);
  });

  it('tells of a pod that is gone what it was last', () => {
    const watched = new Watched(new World().set(1).create('web-0'))
      .then((w) => w.pod('web-0', { deleting: true }))
      .then((w) => w.gone('web-0'));
    expect(watched.lines().slice(1)).toEqual([
      'web-0   1/1     Running   0          0s',
      'web-0   1/1     Terminating   0          0s',
      'web-0   1/1     Terminating   0          0s',
    ]);
  });

  it('tells nothing of a pod that only changes hands', () => {
    const watched = new Watched(new World().set(1).create('web-0')).then((w) => w.sets.clear());
    expect(watched.lines()).toHaveLength(2);
  });

  it('has the wide columns', () => {
    const world = new World().set(1).create('web-0', pending);
    expect(new Watched(world).lines(true)).toEqual([
      'NAME    READY   STATUS    RESTARTS   AGE   IP       NODE     NOMINATED NODE   READINESS GATES',
      'web-0   0/1     Pending   0          0s    <none>   <none>   <none>           <none>',
    ]);
  });
});

it('counts characters, not bytes or UTF-16 units', () => {
  expect(new TabWriter().lines([['ñandú😀é', 'x']])).toEqual(['ñandú😀é   x']);
});

it('keeps a column at least six wide', () => {
  expect(new TabWriter().lines([['a', 'b', 'c']])).toEqual(['a     b     c']);
});
