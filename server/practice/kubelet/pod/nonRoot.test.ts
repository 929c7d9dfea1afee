import { describe, expect, it } from 'vitest';
import { podNamed } from '../testing/testCluster';
import { requireNonRoot } from './nonRoot';

describe('runAsNonRoot', () => {
  const where = '(pod: "web-0_default(undefined)", container: c)';
  it.each([
    ['an image without a user', undefined, '', `container has runAsNonRoot and image will run as root ${where}`],
    ['an image of user 0', undefined, '0:0', `container has runAsNonRoot and image will run as root ${where}`],
    ['root by its own word', 0, '1234', `container's runAsUser breaks non-root policy ${where}`],
    [
      'a user known by name only',
      undefined,
      'nonroot:nonroot',
      `container has runAsNonRoot and image has non-numeric user (nonroot), cannot verify user is non-root ${where}`,
    ],
  ])('refuses %s', (_what, runAsUser, image, message) => {
    const container = { name: 'c', securityContext: { ...(runAsUser === undefined ? {} : { runAsUser }) } };
    const pod = podNamed('web-0', { securityContext: { runAsNonRoot: true } });
    expect(() => requireNonRoot(pod, container, image)).toThrow(message);
  });

  it.each([
    [{ runAsNonRoot: true, runAsUser: 1000 }, ''],
    [{ runAsNonRoot: true }, '1234'],
    [{ runAsNonRoot: false }, ''],
    [{}, ''],
  ])('lets %j of an image of user %j pass', (securityContext, image) => {
    requireNonRoot(podNamed('web-0'), { name: 'c', securityContext }, image);
  });
});
