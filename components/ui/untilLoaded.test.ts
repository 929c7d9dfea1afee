import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { untilLoaded } from './untilLoaded';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const away = () => Object.assign(new Error('Failed to load chunk'), { name: 'ChunkLoadError' });

it('asks again until it comes', async () => {
  const load = vi.fn().mockRejectedValueOnce(away()).mockRejectedValueOnce(away()).mockResolvedValue('part');
  const part = untilLoaded(load)();
  await vi.advanceTimersByTimeAsync(1999);
  expect(load).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(2001);
  await expect(part).resolves.toBe('part');
  expect(load).toHaveBeenCalledTimes(3);
});

it('does not hide what fails by itself', async () => {
  const load = vi.fn().mockRejectedValue(new TypeError('no'));
  await expect(untilLoaded(load)()).rejects.toThrow('no');
  expect(load).toHaveBeenCalledTimes(1);
});
