import { describe, expect, it } from 'vitest';
import { aPod } from '../board/fixtures';
import { likelyPath, pathProblem, placeOf } from './filePlace';

const container = {
  name: 'nginx',
  image: 'nginx',
  mounts: [
    { path: '/data', volume: 'www', claim: 'www-web-0', readOnly: false },
    { path: '/data/cache/', volume: 'cache', readOnly: false },
    { path: '/etc/config', volume: 'config', claim: 'config-0', readOnly: true },
    { path: '/host', volume: 'disk', source: 'hostPath', at: '/var/disk', readOnly: false },
    { path: '/etc/app', volume: 'app', source: 'configMap', readOnly: false },
  ],
};

describe('where a path lies', () => {
  it.each([
    ['/data/index.html', 'claim'],
    ['/data', 'claim'],
    ['/data/cache/x', 'volume'],
    ['/database/x', 'container'],
    ['/tmp/x', 'container'],
    ['/data/../tmp/x', 'container'],
    ['/tmp/.././data//x', 'claim'],
    ['/data/ $(rm) "quoted"', 'claim'],
  ])('%s: %s', (path, kind) => {
    expect(placeOf(container, path).kind).toBe(kind);
  });

  it('tells of a mount that cannot be written', () => {
    expect(placeOf(container, '/etc/config/a')).toMatchObject({ claim: 'config-0', readOnly: true });
  });

  it('tells where a volume of the pod is from, and what the cluster alone writes to', () => {
    expect(placeOf(container, '/host/a')).toMatchObject({ source: 'hostPath', at: '/var/disk', readOnly: false });
    expect(placeOf(container, '/etc/app/a')).toMatchObject({ source: 'configMap', readOnly: true });
  });

  it('offers a page on the claim first', () => {
    expect(likelyPath(aPod(0).containers[0])).toBe('/usr/share/nginx/html/index.html');
    expect(likelyPath({ name: 'sh', image: 'busybox', mounts: [] })).toBe('/tmp/note.txt');
  });
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
