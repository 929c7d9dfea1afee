import { describe, expect, it } from 'vitest';
import { checkScopes, mediumKind, smallKind } from './checkScopes';

const namespaces = (count: number) => Array.from({ length: count }, (_, n) => `lab-${n}`);

describe('checkScopes', () => {
  it.each([
    ['a small kind, whole, whoever looks', smallKind, 0, ['']],
    ['a class in many namespaces, in one list', mediumKind, 30, ['']],
    ['a big kind that nobody looks at, not at all', smallKind + 1, 0, []],
    ['a big kind, where somebody looks', mediumKind + 1, 2, ['lab-0', 'lab-1']],
    ['a big kind in many namespaces, some', mediumKind + 1, 30, ['lab-0', 'lab-1', 'lab-2', 'lab-3']],
  ])('compares %s', (_name, objects, lookedAt, expected) => {
    expect(checkScopes(objects, namespaces(lookedAt), 0)).toEqual(expected);
  });

  it('comes round to every namespace', () => {
    const seen = new Set([0, 1, 2].flatMap((turn) => checkScopes(mediumKind + 1, namespaces(11), turn)));
    expect([...seen].sort()).toEqual(namespaces(11).sort());
  });
});
