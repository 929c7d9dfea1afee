import { describe, expect, it } from 'vitest';
import type { Pod } from '../kubernetes/pod';
import { mountsOf } from '../kubernetes/mounts';
import { nameOnVolume, placeOf } from './filePlace';

const pod: Pod = {
  metadata: { name: 'web-0' },
  spec: {
    containers: [
      {
        name: 'nginx',
        volumeMounts: [
          { name: 'www', mountPath: '/usr/share/nginx/html' },
          { name: 'www', mountPath: '/logs', subPath: 'var/log' },
        ],
      },
    ],
  },
  status: {},
};

describe('nameOnVolume', () => {
  it.each([
    ['/usr/share/nginx/html/index.html', '/usr/share/nginx/html', 'index.html'],
    ['//usr/share/./nginx/html/a//b', '/usr/share/nginx/html', 'a/b'],
    ['/logs/a.log', '/logs', 'var/log/a.log'],
  ])('%s under %s is %s', (path, mountPath, name) => expect(nameOnVolume(pod, 'nginx', path, mountPath)).toBe(name));
});

describe('placeOf', () => {
  const mounts = [
    { path: '/data', volume: 'www', claim: 'www-web-0', readOnly: false },
    { path: '/data/cache/', volume: 'cache', readOnly: true },
    { path: '/etc/config', volume: 'config', claim: 'config-0', readOnly: true },
    { path: '/host', volume: 'disk', source: 'hostPath', at: '/var/disk', readOnly: false },
    { path: '/etc/app', volume: 'app', source: 'configMap', readOnly: false },
  ];

  it.each([
    ['/data/index.html', { kind: 'claim', claim: 'www-web-0', volume: 'www', mountPath: '/data', readOnly: false }],
    ['/data', { kind: 'claim' }],
    ['//data/./a', { kind: 'claim' }],
    ['/data/cache/x', { kind: 'volume', volume: 'cache', readOnly: true }],
    ['/database/x', { kind: 'container' }],
    ['/tmp/x', { kind: 'container' }],
    ['/data/../tmp/x', { kind: 'container' }],
    ['/tmp/.././data//x', { kind: 'claim' }],
    ['/data/ $(rm) "quoted"', { kind: 'claim' }],
    ['/etc/config/a', { claim: 'config-0', readOnly: true }],
    ['/host/a', { source: 'hostPath', at: '/var/disk', readOnly: false }],
    // The kubelet fills it, and mounts it read-only whatever the pod says.
    ['/etc/app/a', { source: 'configMap', readOnly: true }],
  ])('%s', (path, place) => expect(placeOf(mounts, path)).toMatchObject(place));

  it('takes the whole container where a volume is mounted at its root', () => {
    expect(placeOf([{ path: '/', volume: 'all', source: 'emptyDir', readOnly: false }], '/a').kind).toBe('volume');
  });
});

describe('mountsOf', () => {
  const spec = {
    containers: [
      {
        name: 'nginx',
        volumeMounts: [
          { name: 'www', mountPath: '/www' },
          { name: 'shared', mountPath: '/shared' },
          { name: 'tmp', mountPath: '/cache', readOnly: true },
          { name: 'nowhere', mountPath: '/x' },
        ],
      },
    ],
    volumes: [
      { name: 'www', persistentVolumeClaim: { claimName: 'www-web-0' } },
      { name: 'shared', persistentVolumeClaim: { claimName: 'shared', readOnly: true } },
      { name: 'tmp', emptyDir: {} },
    ],
  };

  it('says of each from where it is, and whether it can be written', () => {
    expect(mountsOf(spec, 'nginx')).toEqual([
      { path: '/www', volume: 'www', claim: 'www-web-0', readOnly: false },
      { path: '/shared', volume: 'shared', claim: 'shared', readOnly: true },
      { path: '/cache', volume: 'tmp', source: 'emptyDir', readOnly: true },
      { path: '/x', volume: 'nowhere', readOnly: false },
    ]);
    expect(mountsOf(spec, 'other')).toEqual([]);
  });
});
