/**
 * `npm run gallery`: the gallery compared with its pictures in `e2e/pictures`, as `npm test` does it. `npm run gallery:renew` writes the
 * pictures of what looks different now; look at what git says has changed before you commit it. Further arguments are Playwright's:
 * `npm run gallery:renew -- -g slots`.
 */
import { join } from 'node:path';
import { pinnedBrowser } from './browser.mjs';
import { fail, say } from './say.mjs';
import { checkNode, ensureBuilt, ensureInstalled, root, run } from './setup.mjs';

checkNode();
await ensureInstalled();
await ensureBuilt();

const pinned = await pinnedBrowser();
if (!pinned) fail('the pictures are compared in one browser only, and that is for Linux on x64');

const playwright = join(root, 'node_modules/@playwright/test/cli.js');
await run(process.execPath, [playwright, 'test', '--project=gallery', ...process.argv.slice(2)], {
  env: { ...process.env, NODE_ENV: 'test', PINNED_BROWSER: JSON.stringify(pinned) },
}).catch((error) => {
  say(error.message);
  process.exit(1);
});
