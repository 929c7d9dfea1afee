import { expect, it } from 'vitest';
import { orderedMetadata } from './prepare';

it('leaves out empty lists and maps, and puts the rest in order', () => {
  const given = { finalizers: [], ownerReferences: [], labels: {}, annotations: { a: '1' }, name: 'x', generation: 0 };
  expect(JSON.stringify(orderedMetadata(given))).toBe('{"name":"x","generation":0,"annotations":{"a":"1"}}');
});
