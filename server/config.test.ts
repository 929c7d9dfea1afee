import { describe, expect, it } from 'vitest';
import { parseConfig, UsageError } from './config';

describe('parseConfig', () => {
  it('is a practice cluster on this machine unless told otherwise', () => {
    expect(parseConfig([], {})).toMatchObject({
      port: 3000,
      host: '127.0.0.1',
      basePath: '',
      cluster: { kind: 'practice' },
      practice: { directory: '.ordinal', nodes: 2, speed: 1, dnsCacheSeconds: 30 },
    });
  });

  it('never takes a real cluster from the environment by itself', () => {
    expect(parseConfig([], { KUBECONFIG: '/home/ana/.kube/config' })?.cluster).toEqual({ kind: 'practice' });
  });

  it.each([
    [['--context', 'lab'], {}, { cluster: { kind: 'context', context: 'lab' } }],
    [[], { ORDINAL_CONTEXT: 'lab' }, { cluster: { kind: 'context', context: 'lab' } }],
    [['--port', '0'], { PORT: '9' }, { port: 0 }],
    [[], { PORT: '9' }, { port: 9 }],
    [['--base-path', '/lab/'], {}, { basePath: '/lab' }],
    [['--speed', '0.5', '--nodes=3', '--fresh'], {}, { practice: { speed: 0.5, nodes: 3, fresh: true } }],
  ])('%j with %j', (args, env, expected) => expect(parseConfig(args, env)).toMatchObject(expected));

  it.each([
    [['--port', 'x'], '--port must be a number'],
    [['--nodes', '0'], '--nodes must be a number'],
    [['--host', '0.0.0.0'], 'needs a login'],
    [['--kubeconfig', 'f'], '--context'],
    [['--base-path', 'lab'], '--base-path must look like'],
    [['--nonsense'], 'nonsense'],
  ])('refuses %j in words', (args, words) => {
    expect(() => parseConfig(args, {})).toThrow(UsageError);
    expect(() => parseConfig(args, {})).toThrow(words);
  });

  it('gives help', () => expect(parseConfig(['--help'], {})).toBeUndefined());
});
