import { describe, expect, it } from 'vitest';
import { subPathOf } from './subPath';

const env = new Map([
  ['POD_NAME', 'web-0'],
  ['UP', '..'],
  ['ROOT', '/tmp'],
  ['NOTHING', ''],
]);
const mount = (subPathExpr: string) => ({ name: 'v', mountPath: '/v', subPathExpr });

describe('a subPath', () => {
  it.each([
    [{ name: 'v', mountPath: '/v' }, ''],
    [{ name: 'v', mountPath: '/v', subPath: 'a/b' }, 'a/b'],
    [mount('$(POD_NAME)/data'), 'web-0/data'],
    [mount('$$(POD_NAME)'), '$(POD_NAME)'],
  ])('of %j is %j', (given, path) => expect(subPathOf(given, env)).toBe(path));

  it.each([
    ['$(UP)', "unable to provision SubPath `..`: must not contain '..'"],
    ['$(ROOT)', 'error SubPath `/tmp` must not be an absolute path'],
    ['$(NOTHING)/$(GONE)', 'missing value for GONE, NOTHING'],
  ])('that is %s does not lead into the volume', (expression, message) => {
    expect(() => subPathOf(mount(expression), env)).toThrow(message);
  });
});
