import { expect, it } from 'vitest';
import { ManualClock } from '../clock';
import { SchedulingQueue } from './schedulingQueue';

it('lets what has come in meanwhile be served between any two pods', async () => {
  const seen: string[] = [];
  const clock = new ManualClock();
  const queue = new SchedulingQueue(clock, (key) => {
    seen.push(key);
    setImmediate(() => seen.push(`a request during ${key}`));
    return Promise.resolve('placed');
  });
  queue.add('web-0');
  queue.add('web-1');
  await clock.advance(0);
  expect(seen).toEqual(['web-0', 'a request during web-0', 'web-1', 'a request during web-1']);
});
