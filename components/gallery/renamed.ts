import type { Slot, StatefulSetView } from '../../lib/board/model';
import { aSet } from '../board/fixtures';

/**
 * The fixtures' slots under another set's name, in every name that has it in: ids on a page must differ, and the gallery
 * shows many sets on one.
 */
export function setNamed(name: string, slots: Slot[], over: Partial<StatefulSetView> = {}): StatefulSetView {
  const rename = (_key: string, value: unknown) =>
    typeof value === 'string' ? value.replaceAll(/\bweb-(?=\d+\b)/g, `${name}-`) : value;
  const renamed = JSON.parse(JSON.stringify(slots, rename)) as Slot[];
  return aSet(renamed, { name, uid: `set-${name}`, ...over });
}
