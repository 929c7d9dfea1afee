import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { routes } from './api';

it('docs/contract.md lists every route, and no other', () => {
  const text = readFileSync('docs/contract.md', 'utf8');
  const listed = [...text.matchAll(/^\| `([A-Z]+ \/api\/[^`]+)`/gm)].map(([, route]) => route);
  const served = routes.map(({ method, path }) => `${method} ${path}`);
  expect(listed.toSorted()).toEqual(served.toSorted());
});
