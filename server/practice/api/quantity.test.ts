import { describe, expect, test } from 'vitest';
import { canonicalizeResources, canonicalQuantity, compareQuantities, parseQuantity } from './quantity';

describe('one way of writing each value', () => {
  test.each([
    ['1Gi', '1Gi'],
    ['1024Mi', '1Gi'],
    ['1536Mi', '1536Mi'],
    ['0.5Gi', '512Mi'],
    ['1000Ki', '1000Ki'],
    ['1023', '1023'],
    ['512Ki', '512Ki'],
    ['0.5', '500m'],
    ['1.5', '1500m'],
    ['2000m', '2'],
    ['1500M', '1500M'],
    ['1000M', '1G'],
    ['1e3', '1e3'],
    ['1000', '1k'],
    ['1E', '1E'],
    ['100n', '100n'],
    ['0', '0'],
    ['0Gi', '0'],
    ['-1500m', '-1500m'],
    ['+1', '1'],
    ['.5', '500m'],
    ['5.', '5'],
    ['0.0000000001', '1n'],
    ['1.5Ki', '1536'],
  ])('%s is %s', (given, canonical) => expect(canonicalQuantity(given)).toBe(canonical));

  test.each(['', 'abc', '1Gib', '1 Gi', '1..5', '--1', '1KI', 'Ki'])('%j is none', (text) => {
    expect(parseQuantity(text)).toBeUndefined();
    expect(canonicalQuantity(text)).toBe(text);
  });
});

describe('order', () => {
  test.each([
    ['1Gi', '1024Mi', 0],
    ['1Gi', '1G', 1],
    ['100m', '0.1', 0],
    ['999m', '1', -1],
    ['8Ei', '8191Pi', 1],
  ])('%s and %s', (a, b, order) => expect(compareQuantities(a, b)).toBe(order));
});

test('resources are kept in thousandths at the finest', () => {
  const list = { cpu: '0.00001', memory: '2048Mi', 'example.com/gpu': '1' };
  canonicalizeResources(list);
  expect(list).toEqual({ cpu: '1m', memory: '2Gi', 'example.com/gpu': '1' });
});
