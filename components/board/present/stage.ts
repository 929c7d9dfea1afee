import type { Command } from './keys';

/**
 * The board as keys reach it: the chosen slot is the one with the focus, so that it is seen, heard, and given back after a dialog; and
 * a command presses the control that a pointer would, so that both do and refuse the same.
 */
const slotSelector = '[data-testid=slot]';
const setSelector = '[data-testid=set]';

export function chosenSlot(): HTMLElement | undefined {
  return document.activeElement?.closest<HTMLElement>(slotSelector) ?? undefined;
}

/** The set of the chosen slot or of what has the focus; else the first. */
export function chosenSet(): HTMLElement | undefined {
  const within = document.activeElement?.closest<HTMLElement>(setSelector);
  return within ?? document.querySelector<HTMLElement>(setSelector) ?? undefined;
}

export function ordinalsOf(set: HTMLElement): number[] {
  return slotsIn(set).map((slot) => Number(slot.dataset.ordinal));
}

export function slotAt(set: HTMLElement, ordinal: number): HTMLElement | undefined {
  return slotsIn(set).find((slot) => Number(slot.dataset.ordinal) === ordinal);
}

/** The next slot on the page, over the sets' borders; at the end it stays. The first one where none is chosen. */
export function neighbour(step: 1 | -1): HTMLElement | undefined {
  const slots = slotsIn(document);
  const chosen = chosenSlot();
  return chosen ? (slots[slots.indexOf(chosen) + step] ?? chosen) : slots[0];
}

export function choose(slot: HTMLElement): void {
  // A list's item takes no focus by itself, and the tab key should not stop at every slot.
  slot.tabIndex = -1;
  slot.focus({ preventScroll: true });
  slot.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}

/** Where a command's control stands: in the chosen set, on the page, or else in the chosen slot. */
function placeOf(command: Command): ParentNode | undefined {
  if (command === 'scaleUp' || command === 'scaleDown') return chosenSet();
  if (command === 'timeline' || command === 'pause' || command === 'live') return document;
  return chosenSlot();
}

/** The control that does it, where there is one that can be pressed now: `:disabled` knows of a disabled fieldset around it too. */
export function controlOf(command: Command): HTMLButtonElement | undefined {
  return placeOf(command)?.querySelector<HTMLButtonElement>(`[data-does=${command}]:not(:disabled)`) ?? undefined;
}

/** Where keys have a meaning already. A dialog has the page to itself: what is behind it is not to be reached. */
export function isTaken(target: EventTarget | null): boolean {
  // A popover that is closed is in the document too.
  if (document.querySelector('[role=dialog]:not([popover]:not(:popover-open))')) return true;
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target.closest('input, textarea, select, [role=tablist], [role=radiogroup], [role=slider]') !== null)
  );
}

function slotsIn(place: ParentNode): HTMLElement[] {
  return [...place.querySelectorAll<HTMLElement>(slotSelector)];
}
