import { expect, it } from 'vitest';
import { aPod } from '../board/fixtures';
import { likelyPath, pathProblem } from './filePlace';

it('offers a page on the claim first', () => {
  expect(likelyPath(aPod(0).containers[0])).toBe('/usr/share/nginx/html/index.html');
  expect(likelyPath({ name: 'sh', image: 'busybox', mounts: [] })).toBe('/tmp/note.txt');
});

it.each([
  ['index.html', 'notAbsolute'],
  ['', 'notAbsolute'],
  ['/data/', 'isFolder'],
  ['/data/..', 'isFolder'],
  ['/a\0b', 'nul'],
  ['/data/...', undefined],
  ['/-rf', undefined],
  ['/naïve 文件\n', undefined],
])('%j is refused as %s', (path, problem) => {
  expect(pathProblem(path)).toBe(problem);
});
