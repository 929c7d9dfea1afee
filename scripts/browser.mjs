/**
 * A browser for the end-to-end tests: `CHROMIUM_PATH`, else an installed Chromium or Chrome, else (on Linux x64) the one that
 * comes as an npm package with the libraries it needs, else Playwright's own. Prints nothing; throws with the one command that helps.
 */
import { existsSync } from 'node:fs';

const installed = {
  linux: ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/snap/bin/chromium'],
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ],
  win32: ['C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe'],
};

export async function findBrowser() {
  const asked = process.env.CHROMIUM_PATH;
  if (asked) {
    if (!existsSync(asked)) throw new Error(`CHROMIUM_PATH is ${asked}, and no file is there`);
    return { path: asked, env: {} };
  }
  const path = (installed[process.platform] ?? []).find(existsSync);
  if (path) return { path, env: {} };
  const pinned = await pinnedBrowser();
  if (pinned) return pinned;
  const { chromium } = await import('@playwright/test');
  if (existsSync(chromium.executablePath())) return { path: chromium.executablePath(), env: {} };
  throw new Error('no browser found for the end-to-end tests. Run: npx playwright install chromium');
}

/** The one browser that pictures are compared in: the packaged one, whatever else is installed; none where it does not run. */
export function pinnedBrowser() {
  return process.platform === 'linux' && process.arch === 'x64' ? packagedBrowser() : Promise.resolve(undefined);
}

/**
 * The package unpacks its libraries and fonts only where it believes itself in Lambda, so it is told so while it is imported; what
 * it then sets for this process belongs to the browser's alone.
 */
async function packagedBrowser() {
  const before = { ...process.env };
  process.env.AWS_EXECUTION_ENV = 'AWS_Lambda_nodejs20.x';
  try {
    const { default: chromium } = await import('@sparticuz/chromium');
    const path = await chromium.executablePath();
    const { LD_LIBRARY_PATH, FONTCONFIG_PATH } = process.env;
    return { path, env: { LD_LIBRARY_PATH, FONTCONFIG_PATH } };
  } finally {
    for (const name of ['AWS_EXECUTION_ENV', 'LD_LIBRARY_PATH', 'FONTCONFIG_PATH', 'HOME']) {
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
    }
  }
}
