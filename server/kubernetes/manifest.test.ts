import { describe, expect, it } from 'vitest';
import { parseManifests } from './manifest';

const head = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n';

/** Ten lines that stand for a billion words. */
const bomb = Array.from({ length: 10 }, (_, n) => {
  return `l${n}: &l${n} [${Array.from({ length: 9 }, () => (n === 0 ? 'x' : `*l${n - 1}`)).join(', ')}]`;
}).join('\n');

describe('parseManifests', () => {
  it('reads YAML as kubectl does', () => {
    const text = `${head}data: {mode: 0644, on: yes, at: 22:22, day: 2026-01-01, text: "0644"}`;
    expect(parseManifests(text)[0]?.object['data']).toEqual({
      mode: 420,
      // YAML 1.1 also reads a key that says `on` as true.
      true: true,
      at: '22:22',
      day: '2026-01-01',
      text: '0644',
    });
  });

  it('takes several documents, empty ones, lists and JSON', () => {
    const list =
      '{"apiVersion":"v1","kind":"List","items":[{"apiVersion":"v1","kind":"Secret","metadata":{"name":"b"}}]}';
    const found = parseManifests(`---\n${head}---\n# nothing\n---\n${list}\n`);
    expect(found.map(({ kind, name }) => `${kind}/${name}`)).toEqual(['ConfigMap/a', 'Secret/b']);
  });

  it.each([
    ['a: [1', 'line 1'],
    [`${head}  x: y: z`, 'line 4'],
    ['', 'no object'],
    ['just text', 'Document 1 is no Kubernetes object'],
    ['kind: Pod\nmetadata: {name: a}', 'has no apiVersion'],
    ['apiVersion: v1\nmetadata: {name: a}', 'has no kind'],
    ['apiVersion: v1\nkind: Pod', 'has no metadata.name'],
    [bomb, 'alias'],
  ])('refuses %j in words', (text, words) => expect(() => parseManifests(text)).toThrow(words));
});
