import type { Locator, Page } from '@playwright/test';
import type { SlotState } from '../lib/board/model';
import { expect } from './test';

/** A board as people and scripts know it: by the names and data attributes that the README promises. */
export async function openBoard(page: Page, url: string, namespace: string): Promise<void> {
  await page.goto(`${url}/boards/${namespace}`);
  await isLive(page);
}

export async function isLive(page: Page): Promise<void> {
  await expect(page.getByTestId('freshness')).toHaveAttribute('data-state', 'live');
}

export function slotOf(page: Page, set: string, ordinal: number): Locator {
  return page.locator(`[data-testid=slot][data-set="${set}"][data-ordinal="${ordinal}"]`);
}

export async function isIn(slot: Locator, state: SlotState): Promise<void> {
  await expect(slot).toHaveAttribute('data-state', state, { timeout: 40_000 });
}

/** Slots 0 to count-1 have all this state, and there is no further one. */
export async function allAre(page: Page, set: string, state: SlotState, count: number): Promise<void> {
  const slots = page.locator(`[data-testid=slot][data-set="${set}"]`);
  for (let ordinal = 0; ordinal < count; ordinal++) await isIn(slotOf(page, set, ordinal), state);
  await expect(slots).toHaveCount(count);
}

/** What stands in a slot now: the parts that a test compares over time. */
export interface SlotFacts {
  name: string;
  state: string;
  uid: string;
  life: number;
  ip: string;
  claims: string[];
  volumes: string[];
}

export function factsOf(page: Page, set: string): Promise<SlotFacts[]> {
  return page.locator(`[data-testid=slot][data-set="${set}"]`).evaluateAll((slots) =>
    slots.map((slot) => {
      const text = (id: string) => slot.querySelector(`[data-testid=${id}]`)?.textContent ?? '';
      const names = (id: string) =>
        [...slot.querySelectorAll<HTMLElement>(`[data-testid=${id}]`)].map((part) => part.dataset.name ?? '');
      const { state = '', uid = '', life = '0' } = (slot as HTMLElement).dataset;
      return {
        name: text('pod-name'),
        state,
        uid,
        life: Number(life),
        ip: text('pod-ip'),
        claims: names('claim'),
        volumes: names('volume'),
      };
    }),
  );
}

/** The whole set after each change that the page has drawn, so that "first this, then that" can be told. */
export type History = Record<string, string>[];

declare global {
  interface Window {
    setHistory?: History;
    freshnessHistory?: { state: string; at: number }[];
  }
}

export async function recordSet(page: Page, set: string): Promise<() => Promise<History>> {
  await page.evaluate((name) => {
    const history: History = [];
    const look = () => {
      const slots = document.querySelectorAll<HTMLElement>(`[data-testid=slot][data-set="${name}"]`);
      const now = Object.fromEntries([...slots].map((s) => [s.dataset.ordinal ?? '', s.dataset.state ?? '']));
      if (JSON.stringify(now) !== JSON.stringify(history.at(-1))) history.push(now);
    };
    look();
    new MutationObserver(look).observe(document.body, {
      subtree: true,
      childList: true,
      attributeFilter: ['data-state'],
    });
    window.setHistory = history;
  }, set);
  return () => page.evaluate(() => window.setHistory ?? []);
}

/** Each state of freshness that the page has shown from now on, with the time of its coming. */
export async function recordFreshness(page: Page): Promise<() => Promise<{ state: string; at: number }[]>> {
  await page.evaluate(() => {
    const history: { state: string; at: number }[] = [];
    const look = () => {
      const state = document.querySelector<HTMLElement>('[data-testid=freshness]')?.dataset.state ?? 'none';
      if (state !== history.at(-1)?.state) history.push({ state, at: Date.now() });
    };
    look();
    new MutationObserver(look).observe(document.body, {
      subtree: true,
      childList: true,
      attributeFilter: ['data-state'],
    });
    window.freshnessHistory = history;
  });
  return () => page.evaluate(() => window.freshnessHistory ?? []);
}

/** Presses a button that asks first, and says yes in its dialog, whose own button has the same words. */
export async function actAndConfirm(page: Page, button: Locator, confirm: string): Promise<void> {
  await button.click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: confirm, exact: true }).click();
  await expect(dialog).toBeHidden();
}
