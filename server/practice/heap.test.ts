import { expect, it } from 'vitest';
import { growthPercent } from './heap';

const megabyte = 2 ** 20;

it('leaves a small heap to V8, and keeps a large one near what is in use', () => {
  expect(growthPercent(60 * megabyte)).toBe(0);
  expect(growthPercent(350 * megabyte)).toBe(20);
});
