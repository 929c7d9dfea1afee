import { describe, expect, it } from 'vitest';
import { configKind, podKind } from '../testing';
import { parseFieldSelector } from './fields';
import { parseLabelSelector } from './labels';

describe('label selectors', () => {
  const labels = { app: 'web', tier: 'a', empty: '', n: '7' };
  const table: [string, boolean][] = [
    ['', true],
    ['app=web', true],
    ['app==web', true],
    ['app!=web', false],
    ['other!=web', true],
    ['app', true],
    ['!app', false],
    ['!other', true],
    ['app in (web, db)', true],
    ['app notin (web,db)', false],
    ['other notin (web)', true],
    ['app in (db)', false],
    ['empty=', true],
    ['empty in (,x)', true],
    ['n>6', true],
    ['n<7', false],
    ['app=web,tier in (a,b),!x', true],
    ['app=web,tier=b', false],
    ['toString', false],
  ];
  it.each(table)('%s', (selector, expected) => expect(parseLabelSelector(selector)(labels)).toBe(expected));

  it.each([
    ['a b', "unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt"],
    ['a in x', "unable to parse requirement: found 'x' expected: '('"],
    ['a===b', "unable to parse requirement: found '=', expected: identifier"],
    [',', "found ',', expected: !, identifier, or 'end of string'"],
    ['a in (b', "unable to parse requirement: found '', expected: ',' or ')'"],
  ])('refuses %s', (selector, message) => expect(() => parseLabelSelector(selector)).toThrow(message));
});

describe('field selectors', () => {
  const pod = { metadata: { name: 'p', namespace: 'a' }, spec: { nodeName: 'n,1' } };
  it.each<[string, boolean]>([
    ['metadata.name=p', true],
    ['metadata.name!=p', false],
    ['metadata.namespace==a,metadata.name=p', true],
    ['spec.nodeName=n\\,1', true],
    ['spec.nodeName=', false],
  ])('%s', (selector, expected) => expect(parseFieldSelector(podKind, selector).matches(pod)).toBe(expected));

  it('knows the one name that is asked for, and refuses unknown labels', () => {
    expect(parseFieldSelector(podKind, 'metadata.name=p').name).toBe('p');
    expect(parseFieldSelector(podKind, 'metadata.name!=p').name).toBeUndefined();
    expect(() => parseFieldSelector(podKind, 'spec.x=1')).toThrow('field label not supported: spec.x');
    expect(() => parseFieldSelector(configKind, 'data=1')).toThrow('"data" is not a known field selector');
  });
});
