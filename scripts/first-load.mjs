/**
 * How much JavaScript a board needs before it is alive: every script that the built page names, each compressed by gzip -9,
 * `nomodule` apart, since no current browser fetches it. Fails above the limit. Needs a build.
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const limitKb = 220;
const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const page = join(root, '.next/server/app/boards/default.html');

if (!existsSync(page)) {
  console.error('No build found: run `npm run build` first.');
  process.exit(1);
}

const html = readFileSync(page, 'utf8');
const forOldBrowsers = new Set(
  [...html.matchAll(/<script[^>]*\bnomodule\b[^>]*>/gi)].flatMap(([tag]) => tag.match(/static\/[^"?]+\.js/) ?? []),
);
// Tags, preloads and the chunk lists in the page's data alike: what is named there is fetched before the page is alive.
const scripts = [...new Set([...html.matchAll(/static\/[\w./~-]+\.js/g)].map(([path]) => path))].filter(
  (path) => !forOldBrowsers.has(path),
);
const sizes = scripts
  .map((path) => ({ path, bytes: gzipSync(readFileSync(join(root, '.next', path)), { level: 9 }).length }))
  .sort((one, other) => other.bytes - one.bytes);
const kilobytes = (bytes) => (bytes / 1000).toFixed(1).padStart(7);
const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);

for (const { path, bytes } of sizes) console.log(`${kilobytes(bytes)} kB  ${path}`);
console.log(`${kilobytes(total)} kB  first-load JavaScript of /boards/[namespace], gzip -9 (limit ${limitKb} kB)`);
if (scripts.length === 0 || total > limitKb * 1000) {
  console.error(scripts.length === 0 ? 'The page names no script: is the build whole?' : 'Too much.');
  process.exit(1);
}
