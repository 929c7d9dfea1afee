import { beforeAll, describe, expect, it } from 'vitest';
import { Bench } from '../testing/bench';
import type { Pod } from '../testing/bench';

describe('busybox httpd', () => {
  let pod: Pod;

  beforeAll(async () => {
    pod = await new Bench().pod('web', { image: 'busybox', command: ['sleep', '1000000'] });
    await pod.run(['mkdir', '-p', '/www/d']);
    await pod.run(['tee', '/www/index.html'], { stdin: 'hello\n' });
    expect(await pod.run(['httpd', '-p', '8080', '-h', '/www'])).toMatchObject({ code: 0, stdout: '', stderr: '' });
  });

  it('serves files from the background', async () => {
    expect(await pod.run(['wget', '-qO-', 'http://localhost:8080/'])).toMatchObject({ stdout: 'hello\n', code: 0 });
  });

  it('has no index of folders', async () => {
    const got = await pod.run(['wget', '-qO-', 'http://localhost:8080/d/']);
    expect(got).toMatchObject({ stderr: 'wget: server returned error: HTTP/1.1 404 Not Found\n', code: 1 });
  });

  it.each([
    [['-p', '8080'], 'httpd: bind: Address already in use\n'],
    [['-h', '/nope'], "httpd: can't change directory to '/nope': No such file or directory\n"],
    [['-p', 'x'], "httpd: invalid number 'x'\n"],
  ])('%j is refused', async (args, stderr) => {
    expect(await pod.run(['httpd', ...args])).toMatchObject({ stderr, code: 1 });
  });

  it('ends by a signal and frees its port', async () => {
    expect(await pod.run(['pkill', 'httpd'])).toMatchObject({ code: 0 });
    expect(await pod.run(['httpd', '-p', '8080'])).toMatchObject({ code: 0, stderr: '' });
  });
});
