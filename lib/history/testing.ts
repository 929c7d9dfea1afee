import { BoardDeriver } from '../board/derive';
import { World } from '../board/testing';
import { diffBoard } from '../stream/diff';
import type { Moment } from './change';
import { KeptHistory, type Limits } from './kept';

/** For tests: a namespace that is watched, left and watched again, with every board taken live beside what is kept of it. */
export class Watched {
  readonly world = new World().service().set(3);
  readonly kept: KeptHistory;
  /** Every moment that was ever live, oldest first. */
  readonly live: Moment[] = [];
  private deriver = new BoardDeriver();
  private epochs = 0;

  constructor(limits?: Limits) {
    this.kept = new KeptHistory(limits);
    this.begin();
  }

  /** A server starts, or somebody looks again. */
  begin(): void {
    this.deriver = new BoardDeriver();
    this.epochs += 1;
    const board = this.deriver.derive(this.world.snapshot());
    const moment = { position: { epoch: `e${this.epochs}`, version: 0 }, at: this.world.now, board };
    this.kept.begin(moment);
    this.live.push(structuredClone(moment));
  }

  end(): void {
    this.kept.end(this.world.now);
  }

  /** What the cluster does next, and the step that it makes. */
  change(apply: (world: World) => void): void {
    apply(this.world);
    const before = this.live.at(-1);
    const board = this.deriver.derive(this.world.snapshot());
    const patch = before && diffBoard(before.board, board);
    if (!patch) return;
    const { epoch, version } = before.position;
    this.kept.append({ at: this.world.now, patch }, board);
    this.live.push(structuredClone({ position: { epoch, version: version + 1 }, at: this.world.now, board }));
  }

  /** A pod made, grown, deleted or gone; an event; a claim; or nothing but time. */
  anything(random: () => number): void {
    const pick = (count: number): number => Math.floor(random() * count);
    const name = `web-${pick(4)}`;
    this.world.now += pick(9000);
    const kind = pick(8);
    if (kind === 0 && this.world.pods.has(name)) return this.change((world) => world.gone(name));
    if (kind === 1) return this.change((world) => world.create(name, { ready: false, ip: '' }));
    if (kind === 2) return this.change((world) => world.claim('web', pick(4), random() < 0.5 ? 'Bound' : 'Pending'));
    if (kind === 3) return this.change((world) => world.event('Pod', name, 'Pulled', `image ${pick(9)}`));
    if (kind === 4) return this.change((world) => world.set(1 + pick(4)));
    if (kind === 5) return this.change((world) => world.endpoints([{ name, ip: `10.0.0.${pick(5)}` }]));
    if (!this.world.pods.has(name)) return;
    this.change((world) =>
      world.pod(name, { ready: random() < 0.7, deleting: random() < 0.2, ip: `10.0.0.${pick(9)}` }),
    );
  }
}
