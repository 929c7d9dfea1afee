import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCluster, type TestCluster } from './cluster';
import { inTerminal, inTerminalAfter } from './follow';
import { screen } from './screen';

/** A person at a prompt in a pod: editing, interrupting, leaving, and a window that changes its size. */
const manifest = `
apiVersion: v1
kind: Pod
metadata: {name: box}
spec:
  containers:
  - {name: box, image: 'busybox:1.28', command: [sleep, '3600']}
---
apiVersion: v1
kind: Pod
metadata: {name: desk}
spec:
  containers:
  - {name: desk, image: 'busybox:1.28', stdin: true, tty: true}
`;

let cluster: TestCluster;
beforeAll(async () => {
  cluster = await startCluster('--speed=5');
  await cluster.kubectlWith({ input: manifest }, 'apply', '-f', '-');
  await cluster.kubectl('wait', '--for=condition=Ready', 'pod/box', 'pod/desk');
});
afterAll(() => cluster?.stop());

const prompt = /\/ # $/;
const left = '\u001b[D';
const up = '\u001b[A';

describe('exec -it', () => {
  it('edits the line, remembers it, is interrupted by Ctrl-C and ended by Ctrl-D', async () => {
    const shell = inTerminal(cluster, 'exec', '-it', 'box', '--', 'sh');
    await shell.until(prompt);
    shell.type(`echo helo${left}l\r`);
    await shell.until(/\nhello\r?\n[^]*\/ # $/);
    let from = shell.text().length;
    shell.type(`${up}\r`);
    await shell.until(/\nhello\r?\n[^]*\/ # $/, from);
    from = shell.text().length;
    shell.type('echo begun; sleep 1000\r');
    await shell.until(/\nbegun\r?\n/, from);
    shell.type('\u0003');
    await shell.until(/\^C\r?\n[^]*\/ # $/, from);
    from = shell.text().length;
    shell.type('echo $?\r');
    await shell.until(/\n130\r?\n/, from);
    shell.type('exit 7\r');
    expect(await shell.exited).not.toBe(0);
    expect(screen(shell.text())).toContain('command terminated with exit code 7');
  });

  it('ends with Ctrl-D', async () => {
    const shell = inTerminal(cluster, 'exec', '-it', 'box', '--', 'sh');
    await shell.until(prompt);
    shell.type('\u0004');
    expect(await shell.exited).toBe(0);
  });

  it('knows the size of the window, and when it changes', async () => {
    const sign = join(cluster.directory, 'now');
    // The window changes when the file is there, from within the same terminal, as dragging its corner would.
    const resize = `until [ -e '${sign}' ]; do sleep 0.05; done; stty cols 91 rows 31 </dev/tty`;
    const shell = inTerminalAfter(cluster, `(${resize}) &`, 'exec', '-it', 'box', '--', 'sh');
    await shell.until(prompt);
    shell.type('stty size\r');
    await shell.until(/\n40 120\r?\n/);
    const from = shell.text().length;
    shell.type('until [ "$(stty size)" = "31 91" ]; do sleep 0.1; done; echo turned\r');
    writeFileSync(sign, '');
    await shell.until(/\nturned\r?\n/, from);
    shell.type('exit\r');
    await shell.exited;
  });
});

describe('attach -it', () => {
  it('joins the prompt of the container itself, and whoever joins later sees the same one', async () => {
    const first = inTerminal(cluster, 'attach', '-it', 'desk');
    await first.until(/If you don't see a command prompt, try pressing enter\./);
    first.type('word=kept\r');
    await first.until(/word=kept\r?\n[^]*\/ # $/);
    first.end();
    await first.exited;
    const second = inTerminal(cluster, 'attach', '-it', 'desk');
    await second.until(/If you don't see a command prompt, try pressing enter\./);
    second.type('echo $word\r');
    await second.until(/\nkept\r?\n/);
    second.end();
    await second.exited;
  });
});
