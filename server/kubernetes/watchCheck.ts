import type { Clock } from '../clock';
import type { KubernetesClient } from './client';
import { isRefused } from './errors';
import { textAt } from './json';

/** Where to compare: a path of the API, and the namespace that it lists; empty for all of them. */
export interface CheckScope {
  path: string;
  namespace: string;
}

/** Which object, and which state of it. */
export interface Identity {
  uid: string;
  resourceVersion: string;
}

export interface WatchCheckOptions {
  client: Pick<KubernetesClient, 'listMetadata'>;
  clock: Clock;
  /** Asked anew for each check: what is looked at changes. None means that there is nothing to compare now. */
  scopes: () => readonly CheckScope[];
  /** What the watch has told, within a namespace or, for '', in all. */
  known: (namespace: string) => readonly Identity[];
  /** The last sign of any kind on the watch, and how many signs there have been. */
  heard: () => { at: number; signs: number };
  /** As of `askedAt`, the cluster has nothing that the watch has not told. */
  agreed: (askedAt: number) => void;
  /** The cluster has what the watch did not tell, and goes on not telling. */
  hangs: () => void;
  /** The list was refused (401, 403): the watch may be no more ours either. */
  refused: () => void;
}

/** A watch that has brought nothing for this long is compared with a list, and again each time this has passed. */
export const checkPeriodMs = 4000;
/** A list may be ahead of a working watch by a moment; by this much it is not. */
export const checkGraceMs = 3000;
const answerMs = 4000;
const pageSize = 500;

/**
 * Tells a quiet cluster from a watch that hangs: its connection is open and the API answers, but events do not come through (a
 * proxy that buffers, a NAT that forgot the connection, a stuck watch cache). Bookmarks would show it after a minute at best.
 *
 * The revision of a list says nothing by itself: all kinds share one counter, which the leases of the nodes move every few
 * seconds. The number of objects says nothing of changes. So the list is compared object by object, by uid and revision, as
 * metadata alone; it costs nothing while events come, for then nothing is asked.
 */
export class WatchCheck {
  private readonly ended = new AbortController();
  private cancel: (() => void) | undefined;

  constructor(private readonly options: WatchCheckOptions) {}

  /** The first comparison comes `firstMs` from now, if nothing is heard until then. */
  start(firstMs = checkPeriodMs): void {
    this.arm(firstMs, () => void this.look(firstMs));
  }

  end(): void {
    this.ended.abort();
    this.cancel?.();
  }

  private async look(quietMs = checkPeriodMs): Promise<void> {
    const { clock, heard, agreed, refused } = this.options;
    const askedAt = clock.now();
    const { at, signs } = heard();
    if (askedAt - at < quietMs) return this.start(Math.max(1, at + checkPeriodMs - askedAt));
    try {
      const verdict = await this.compare();
      if (this.ended.signal.aborted) return;
      if (verdict === 'differs') return this.arm(checkGraceMs, () => this.judge(signs));
      if (verdict === 'agrees') agreed(askedAt);
    } catch (error) {
      if (this.ended.signal.aborted) return;
      if (isRefused(error)) return refused();
      // Whether the API answers at all is the probe's business; not being able to compare only lets the board's age grow.
    }
    this.start();
  }

  /** Events come in order: one sign since the list was asked, and the rest is on its way. */
  private judge(signsBefore: number): void {
    if (this.options.heard().signs === signsBefore) this.options.hangs();
    else this.start();
  }

  private async compare(): Promise<'agrees' | 'differs' | 'nothing'> {
    const scopes = this.options.scopes();
    for (const { path, namespace } of scopes) {
      const listed = await this.list(path);
      if (!isSame(listed, this.options.known(namespace))) return 'differs';
    }
    return scopes.length > 0 ? 'agrees' : 'nothing';
  }

  private async list(path: string): Promise<Identity[]> {
    const listed: Identity[] = [];
    let next: string | undefined;
    do {
      const query = { limit: pageSize, ...(next === undefined ? {} : { next }) };
      const page = await this.options.client.listMetadata(path, query, answerMs, this.ended.signal);
      for (const object of page.items) {
        const uid = textAt(object, 'metadata', 'uid');
        const resourceVersion = textAt(object, 'metadata', 'resourceVersion');
        if (uid !== undefined && resourceVersion !== undefined) listed.push({ uid, resourceVersion });
      }
      next = page.next;
    } while (next !== undefined);
    return listed;
  }

  private arm(delayMs: number, task: () => void): void {
    this.cancel?.();
    this.cancel = this.options.clock.after(delayMs, task);
  }
}

/** The same objects in the same states. Revisions are compared for being equal only: they are opaque. */
export function isSame(listed: readonly Identity[], known: readonly Identity[]): boolean {
  const told = new Map(known.map(({ uid, resourceVersion }) => [uid, resourceVersion]));
  return listed.length === told.size && listed.every(({ uid, resourceVersion }) => told.get(uid) === resourceVersion);
}
