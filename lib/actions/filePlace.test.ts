import { describe, expect, it } from 'vitest';
import type { Pod } from '../kubernetes/pod';
import { nameOnVolume } from './filePlace';

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
