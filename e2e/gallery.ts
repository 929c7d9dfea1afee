import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { expect } from './test';

/** How the gallery is looked at. */
export interface Look {
  name: string;
  theme: 'light' | 'dark';
  width: number;
  height: number;
}

export const looks: Look[] = [
  { name: 'light', theme: 'light', width: 1280, height: 800 },
  { name: 'dark', theme: 'dark', width: 1280, height: 800 },
  { name: 'phone', theme: 'light', width: 320, height: 640 },
];

/** A section is a file; read as names, so that a new one is looked at without being listed here. */
export const sections = readdirSync(resolve('components/gallery/sections'))
  .filter((file) => file.endsWith('.tsx'))
  .map((file) => file.slice(0, -'.tsx'.length));

export interface Shown {
  /** `slots/states` */
  address: string;
  /** The scene alone; absent when it has the page to itself. */
  figure?: Locator;
  /** The first part, or the first page, of its section. */
  isFirst: boolean;
}

/** Every address in the gallery, as the page lists them; of one section when it is named. */
export async function addressesOf(page: Page, url: string, look: Look, section = ''): Promise<string[]> {
  await open(page, url, look, section);
  const addresses = await page
    .locator('[data-scene]')
    .evaluateAll((figures) => figures.map((figure) => (figure as HTMLElement).dataset.scene ?? ''));
  expect(addresses, `the section ${section} is named as its file`).toEqual(
    addresses.filter((address) => address.startsWith(section)),
  );
  return addresses;
}

/**
 * Each scene of a section on the screen, one after the other: those that stand together first, then those that want the page; of these
 * only as many as asked for.
 */
export async function* scenesOf(
  page: Page,
  url: string,
  look: Look,
  section: string,
  mostPages = Number.POSITIVE_INFINITY,
): AsyncGenerator<Shown> {
  const pages: string[] = [];
  let isFirst = true;
  for (const address of await addressesOf(page, url, look, section)) {
    const figure = page.locator(`[data-scene="${address}"]`);
    if ((await figure.locator('> *').count()) > 1) {
      yield { address, figure, isFirst };
      isFirst = false;
    } else pages.push(address);
  }
  for (const [index, address] of pages.slice(0, mostPages).entries()) {
    await open(page, url, look, address);
    yield { address, isFirst: index === 0 };
  }
}

async function open(page: Page, url: string, { theme }: Look, only: string): Promise<void> {
  await page.goto(`${url}/gallery?only=${only}&theme=${theme}&lang=en`);
  await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
  // All that is fetched later has come, all steps have been taken, and the fonts are ours.
  await expect(page.locator('[data-coming], [data-played=false]')).toHaveCount(0);
  await page.evaluate(() => document.fonts.ready);
}
