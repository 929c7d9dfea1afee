'use client';

import { useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { locales, localeStore } from '../../ui/locale';
import { themes, themeStore } from '../../ui/theme';
import { presentStore } from './presentStore';
import { KeyList } from './KeyList';
import { KeyShown } from './KeyShown';
import { commandOf, typedOrdinal, type Command, type Typed } from './keys';
import { choose, chosenSet, controlOf, isTaken, neighbour, ordinalsOf, slotAt } from './stage';

const shownMs = 1800;

type KeyWords = ReturnType<typeof useTranslations<'present'>>;

interface Shown {
  pressed: string;
  text: string;
}

/** Keys for who stands before a class: heard only while presenting, never while something is typed. */
export function PresentKeys() {
  const t = useTranslations('present');
  const [shown, setShown] = useState<Shown>();
  const [isListed, setIsListed] = useState(false);
  const typed = useRef<Typed>(undefined);

  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      const { key, ctrlKey, altKey, metaKey, repeat } = event;
      const command = commandOf({ key, ctrlKey, altKey, metaKey, repeat, isTaken: isTaken(event.target) });
      if (!command) return;
      event.preventDefault();
      if (command === 'list') setIsListed(true);
      setShown({ pressed: key, text: perform(command, event, typed, t) });
    };
    document.addEventListener('keydown', hear);
    // For whoever presses keys faster than a hand: they are fetched after the page.
    document.documentElement.dataset.keys = 'heard';
    return () => {
      document.removeEventListener('keydown', hear);
      delete document.documentElement.dataset.keys;
    };
  }, [t]);

  useEffect(() => {
    if (!shown) return;
    const timer = setTimeout(() => setShown(undefined), shownMs);
    return () => clearTimeout(timer);
  }, [shown]);

  return (
    <>
      {shown && <KeyShown {...shown} />}
      {isListed && <KeyList onClose={() => setIsListed(false)} />}
    </>
  );
}

/** Does it, and says in words what it was: the name of what was pressed or chosen. */
function perform(command: Command, event: KeyboardEvent, typed: { current: Typed | undefined }, t: KeyWords): string {
  switch (command) {
    case 'digit':
      return chosen(bySlotNumber(event, typed), t);
    case 'previousSlot':
      return chosen(neighbour(-1), t);
    case 'nextSlot':
      return chosen(neighbour(1), t);
    case 'language':
      localeStore.choose(after(locales, localeStore.current()));
      return t('keys.language');
    case 'theme':
      themeStore.choose(after(themes, themeStore.current()));
      return t('keys.theme');
    case 'list':
      return t('keys.list');
    case 'leave':
      presentStore.set(false);
      return t('keys.leave');
    default:
      return byControl(command, t);
  }
}

function after<T>(all: readonly T[], one: T): T {
  return all[(all.indexOf(one) + 1) % all.length] ?? one;
}

function bySlotNumber(event: KeyboardEvent, typed: { current: Typed | undefined }): HTMLElement | undefined {
  const set = chosenSet();
  if (!set) return undefined;
  typed.current = typedOrdinal(typed.current, Number(event.key), event.timeStamp, ordinalsOf(set));
  return slotAt(set, typed.current.ordinal);
}

function chosen(slot: HTMLElement | undefined, t: KeyWords): string {
  if (!slot) return t('noSlot');
  choose(slot);
  return slot.getAttribute('aria-label') ?? '';
}

function byControl(command: Command, t: KeyWords): string {
  const control = controlOf(command);
  if (!control) return t('notNow', { what: t(`keys.${command}`) });
  control.click();
  return control.getAttribute('aria-label') ?? control.textContent;
}
