import { describe, expect, it } from 'vitest';
import {
  parseCascade,
  parseImage,
  parseName,
  parseNamespace,
  parsePath,
  parseRevision,
  parseScale,
  parseStrategy,
} from './parse';

describe('parse', () => {
  it.each(['/a', '/a b', "/it's $(x)", '/-x', '/größe', '/two\nlines', '/a..b/..c'])('takes the path %j', (path) => {
    expect(parsePath(path)).toBe(path);
  });

  it.each([null, '', 'a', './a', '/a/../b', '/..', '/a\0b', '/a/', '/\ud800', `/${'x'.repeat(5000)}`])(
    'refuses the path %j in words',
    (path) => {
      expect(() => parsePath(path)).toThrow(/path/i);
    },
  );

  it.each([0, 1, 100])('takes %i replicas', (replicas) => expect(parseScale({ replicas })).toBe(replicas));
  it.each([-1, 1.5, 101, '3', null, undefined, Number.NaN])('refuses %j replicas', (replicas) => {
    expect(() => parseScale({ replicas })).toThrow('replicas');
  });
  it.each([null, 3, 'x', []])('refuses the body %j', (body) => expect(() => parseScale(body)).toThrow('replicas'));

  it.each(['nginx', 'nginx:1.27', 'r.io:5000/a/b@sha256:00', 'Not:A:Good:One'])('takes the image %j', (image) => {
    expect(parseImage({ container: 'nginx', image, more: 1 })).toEqual({ container: 'nginx', image });
  });
  it.each([
    [{ container: 'nginx' }, 'image'],
    [{ container: 'nginx', image: '' }, 'image'],
    [{ container: 'nginx', image: 'a b' }, 'image'],
    [{ container: 'nginx', image: 'a=b' }, 'image'],
    [{ image: 'nginx' }, 'container'],
    [{ container: 'Not A Name', image: 'nginx' }, 'name'],
  ])('refuses the image %j', (body, word) => expect(() => parseImage(body)).toThrow(word));

  it.each([
    [{ type: 'OnDelete', partition: 3 }, { type: 'OnDelete' }],
    [{ type: 'RollingUpdate' }, { type: 'RollingUpdate', partition: 0 }],
    [
      { type: 'RollingUpdate', partition: 7 },
      { type: 'RollingUpdate', partition: 7 },
    ],
  ])('takes the strategy %j', (body, strategy) => expect(parseStrategy(body)).toEqual(strategy));
  it.each([
    null,
    {},
    { type: 'Recreate' },
    { type: 'RollingUpdate', partition: -1 },
    { type: 'RollingUpdate', partition: '1' },
  ])('refuses the strategy %j', (body) => expect(() => parseStrategy(body)).toThrow(/type|partition/));

  it('takes the number of a revision', () => expect(parseRevision({ revision: 3 })).toBe(3));
  it.each([null, {}, { revision: 0 }, { revision: -1 }, { revision: 1.5 }, { revision: '1' }])(
    'refuses the revision %j',
    (body) => expect(() => parseRevision(body)).toThrow('revision'),
  );

  it.each(['', 'A', '-a', 'a-', 'a_b', 'a.b', 'x'.repeat(64), '../x'])('refuses the namespace %j', (text) => {
    expect(() => parseNamespace(text)).toThrow('namespace');
  });
  it('takes names with dots', () => expect(parseName('pvc.a-1')).toBe('pvc.a-1'));
  it('cascades in the background unless told', () => {
    expect(parseCascade(null)).toBe('background');
    expect(() => parseCascade('foreground')).toThrow('cascade');
  });
});
