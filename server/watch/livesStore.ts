import type { KeptLives, SlotHistory } from '../../lib/board/history';
import type { Clock } from '../clock';
import { isRecord } from '../kubernetes/json';
import { KeptByNamespace } from './keptByNamespace';

/**
 * What each slot has been through, kept so that its lives are not counted anew by every life of this server: the timeline,
 * which is kept too, would give the same pod another number.
 */
export class LivesStore extends KeptByNamespace<KeptLives> {
  constructor(path: string, clock: Clock) {
    const isNothing = (lives: KeptLives) => Object.keys(lives).length === 0;
    super({ path, clock, what: 'what a slot has been through', gatherMs: 1000, isOne: areLives, isNothing });
  }
}

function areLives(value: unknown): value is KeptLives {
  return isRecord(value) && Object.values(value).every(isHistory);
}

function isHistory(value: unknown): value is SlotHistory {
  if (!isRecord(value) || typeof value.life !== 'number' || !Array.isArray(value.lives)) return false;
  return value.lives.every(isLife) && (value.current === undefined || isLife(value.current));
}

function isLife(value: unknown): boolean {
  if (!isRecord(value) || !Array.isArray(value.claims)) return false;
  const { number, uid, ip, node, revision, from } = value;
  return [uid, ip, node, revision].every((text) => typeof text === 'string') && [number, from].every(Number.isFinite);
}
