/**
 * The page's side: after every change of the DOM the slots are read, and each that shows something else than before is told
 * with the time. A MutationObserver is called as soon as the change is in the DOM, before it is painted.
 */
import { chromium } from '@playwright/test';
import { findBrowser } from '../browser.mjs';
import { stampNow } from './stamp.mjs';

/** Opens the board in a browser and resolves once it is live; `seen` is called with each change of a slot. */
export async function openPage(url, seen) {
  const { path, env } = await findBrowser();
  const browser = await chromium.launch({ executablePath: path, env: { ...process.env, ...env } });
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await page.goto(url);
  await page.waitForSelector('[data-testid="freshness"][data-state="live"]');
  // Told by message, not read in a loop: reading would compete with what is measured.
  await page.exposeFunction('tellSlot', seen);
  await page.evaluate(watchSlots);
  const before = stampNow();
  const inPage = await page.evaluate(() => performance.timeOrigin + performance.now());
  if (inPage < before - 1 || inPage > stampNow() + 1) throw new Error('the page and Node do not tell the same time');
  return browser;
}

/** Runs in the page. */
function watchSlots() {
  let known = new Map();
  const read = () => {
    const at = performance.timeOrigin + performance.now();
    const slots = new Map();
    for (const { dataset } of document.querySelectorAll('[data-testid="slot"]')) {
      slots.set(`${dataset.set}-${dataset.ordinal}`, { uid: dataset.uid ?? '', state: dataset.state });
    }
    for (const name of known.keys()) if (!slots.has(name)) slots.set(name, { uid: '', state: 'absent' });
    for (const [name, { uid, state }] of slots) {
      const before = known.get(name);
      if (before?.uid === uid && before.state === state) continue;
      // Not within the page's own work.
      setTimeout(() => window.tellSlot({ at, name, uid, state }), 0);
    }
    known = slots;
  };
  new MutationObserver(read).observe(document.body, { subtree: true, childList: true, attributes: true });
  read();
}
