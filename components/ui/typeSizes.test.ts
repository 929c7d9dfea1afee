import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

/** A present page is 20 px to the rem or more: below this only the tokens, which have a floor there, stay readable from the last row. */
const leastRem = 0.8;

it('has no text smaller than the tokens with a floor', () => {
  const files = ['components', 'app'].flatMap((room) =>
    readdirSync(room, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.(tsx?|css)$/.test(file) && !file.includes('.test.'))
      .map((file) => join(room, file)),
  );
  const found = files.flatMap((file) =>
    [
      ...readFileSync(file, 'utf8').matchAll(
        /text-\[([\d.]+)(rem|px|em)\]|(?<!root\s*\{[^}]*)font-size:\s*([\d.]+)(rem|px)/g,
      ),
    ]
      .map(([text, one, oneUnit, other, otherUnit]) => ({
        text,
        size: Number(one ?? other),
        unit: oneUnit ?? otherUnit,
      }))
      .filter(({ size, unit }) => unit !== 'rem' || size < leastRem)
      .map(({ text }) => `${file}: ${text}`),
  );
  expect(found, 'use text-note or text-xs').toEqual([]);
});
