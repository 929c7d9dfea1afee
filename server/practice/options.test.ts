import { describe, expect, it } from 'vitest';
import { defaultPracticeOptions, parsePracticeOptions, practiceFlags } from './options';

describe('practice options', () => {
  const rows: [string[], Record<string, string>, object][] = [
    [[], {}, {}],
    [['--nodes', '5', '--speed=20'], {}, { nodes: 5, speed: 20 }],
    [['--fresh', '--any-image'], {}, { fresh: true, anyImage: true }],
    [['--data', '/x'], { ORDINAL_DATA: '/y' }, { directory: '/x' }],
    [
      [],
      { ORDINAL_DATA: '/y', ORDINAL_ANY_IMAGE: '1', ORDINAL_DNS_CACHE: '0' },
      { directory: '/y', anyImage: true, dnsCacheSeconds: 0 },
    ],
  ];
  it.each(rows)('%j with %j', (args, env, changed) => {
    expect(parsePracticeOptions(args, env)).toEqual({ ...defaultPracticeOptions, ...changed });
  });

  it.each([[['--nodes', '0']], [['--nodes', '1.5']], [['--speed', 'fast']], [['--bogus']], [['more']]])(
    'refuses %j in words',
    (args) => {
      expect(() => parsePracticeOptions(args, {})).toThrow(/--nodes must be|--speed must be|bogus|more/);
    },
  );

  it('turns options into flags and back', () => {
    const options = {
      directory: '/d e',
      fresh: true,
      nodes: 3,
      speed: 2.5,
      anyImage: true,
      dnsCacheSeconds: 5,
      apiPort: 6443,
    };
    expect(parsePracticeOptions(practiceFlags(options), {})).toEqual(options);
  });
});
