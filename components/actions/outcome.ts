import type { Slot } from '../../lib/board/model';
import type { Messages } from '../ui/messages/en';

/**
 * What an action takes away, leaves, and brings, worked out from the board before anybody confirms it. It foretells by
 * Kubernetes' rules and decides nothing: the cluster does, and the board shows what it did.
 */
export interface Outcome {
  goes: Line[];
  stays: Line[];
  comes: Line[];
  then: Line[];
}

export interface Line {
  key: keyof Messages['outcome'];
  values?: Record<string, string | number>;
}

/** Names in a sentence; a long list is cut, since a set may have 200. */
export function listNames(names: readonly string[], most = 6): string {
  return names.length <= most ? names.join(', ') : `${names.slice(0, most - 1).join(', ')} … ${names.at(-1)}`;
}

export const none = (): Outcome => ({ goes: [], stays: [], comes: [], then: [] });
export const counted = (key: Line['key'], names: readonly string[]): Line[] =>
  names.length === 0 ? [] : [{ key, values: { count: names.length, names: listNames(names) } }];
export const claimNames = (slots: readonly Slot[]) =>
  slots.flatMap((slot) => slot.claims.filter((claim) => claim.phase !== 'missing').map((claim) => claim.name));
