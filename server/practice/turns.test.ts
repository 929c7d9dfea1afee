import { expect, it } from 'vitest';
import { settle } from './clock';
import { inLaterTurn, turnForRequest } from './turns';

it('runs one task a turn, and those of requests every other turn', async () => {
  const seen: string[] = [];
  for (const task of ['pod 0', 'pod 1', 'pod 2', 'pod 3'])
    inLaterTurn(() => {
      seen.push(task);
      setImmediate(() => seen.push(`read after ${task}`));
    });
  for (const request of ['create 0', 'create 1']) void turnForRequest().then(() => seen.push(request));
  await settle();
  expect(seen.filter((task) => !task.startsWith('read'))).toEqual([
    'create 0',
    'pod 0',
    'create 1',
    'pod 1',
    'pod 2',
    'pod 3',
  ]);
  expect(seen.indexOf('read after pod 1')).toBeLessThan(seen.indexOf('pod 3'));
});
