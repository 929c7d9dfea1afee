'use client';

import { useEffect, useState, type ReactNode } from 'react';

/** What a hand would do before the picture is taken, one step after the other. */
export type Step = () => void;

/** Draws a part, then takes the steps; `data-played` says that all of them have been taken. */
export function Played({ steps, children }: { steps: Step[]; children: ReactNode }) {
  const [taken, setTaken] = useState(0);
  useEffect(() => {
    const step = steps[taken];
    if (!step) return;
    // After the frame that the step before it has drawn.
    const frame = requestAnimationFrame(() => {
      step();
      setTaken(taken + 1);
    });
    return () => cancelAnimationFrame(frame);
  }, [steps, taken]);
  return <div data-played={taken >= steps.length}>{children}</div>;
}

function dialog(): Element {
  const found = document.querySelector('[role=dialog]');
  if (!found) throw new Error('no dialog is open');
  return found;
}

/** The button that says yes: the last one in the dialog's foot. */
export const confirm: Step = () => [...(dialog().lastElementChild?.querySelectorAll('button') ?? [])].at(-1)?.click();

export const choose =
  (radio: number): Step =>
  () =>
    dialog().querySelectorAll<HTMLInputElement>('input[type=radio]')[radio]?.click();

/** Typed as a person would: React hears only what comes through the element's own setter. */
export const type =
  (selector: string, text: string): Step =>
  () => {
    const field = dialog().querySelector<HTMLInputElement | HTMLTextAreaElement>(selector);
    if (!field) throw new Error(`no field ${selector}`);
    const prototype = field instanceof HTMLTextAreaElement ? HTMLTextAreaElement.prototype : HTMLInputElement.prototype;
    Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(field, text);
    field.dispatchEvent(new Event('input', { bubbles: true }));
  };
