/**
 * `npm test`: installs, builds, finds a browser, then runs the unit and integration tests and the end-to-end tests. Needs no
 * cluster: everything runs on practice clusters of its own.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { say } from './say.mjs';
import { checkNode, ensureBuilt, ensureInstalled, root, run } from './setup.mjs';

checkNode();
await ensureInstalled();
await ensureBuilt();

const bin = (name) => join(root, 'node_modules', name);
let failed = false;

async function suite(name, script, args, env = {}) {
  say(`${name} …`);
  await run(process.execPath, [script, ...args], { env: { ...process.env, NODE_ENV: 'test', ...env } }).catch(
    (error) => {
      failed = true;
      say(`${name}: ${error.message}`);
    },
  );
}

/** Where CI wants the results as JSON, beside what people read. */
const reports = process.env.ORDINAL_REPORTS;
const vitestReports = reports
  ? ['--reporter=dot', '--reporter=json', `--outputFile.json=${join(reports, 'unit.json')}`]
  : [];

await suite('unit and integration tests', bin('vitest/vitest.mjs'), ['run', ...vitestReports]);

try {
  const { findBrowser, pinnedBrowser } = await import('./browser.mjs');
  const browser = await findBrowser();
  const pinned = await pinnedBrowser();
  const hasPictures = existsSync(join(root, 'e2e/pictures'));
  say(`end-to-end tests in ${browser.path}`);
  if (!pinned) say('the gallery is not compared with its pictures: their browser is for Linux on x64');
  else if (!hasPictures) say('the gallery is not compared: it has no pictures, `npm run gallery:renew` takes them');
  await suite(
    'end-to-end tests',
    bin('@playwright/test/cli.js'),
    ['test', ...(reports ? ['--reporter=line,json'] : [])],
    {
      CHROMIUM_PATH: browser.path,
      BROWSER_ENV: JSON.stringify(browser.env),
      ...(pinned && hasPictures ? { PINNED_BROWSER: JSON.stringify(pinned) } : {}),
      ...(reports ? { PLAYWRIGHT_JSON_OUTPUT_NAME: join(reports, 'e2e.json') } : {}),
    },
  );
} catch (error) {
  failed = true;
  say(`end-to-end tests: ${error.message}`);
}

process.exit(failed ? 1 : 0);
