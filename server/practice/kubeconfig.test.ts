import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { renewKubeconfig } from './kubeconfig';

const entry = { name: 'practice', user: 'practice-admin', token: 't1', server: 'https://127.0.0.1:1', ca: 'PEM' };
const file = () => join(mkdtempSync(join(tmpdir(), 'kubeconfig-')), 'kubeconfig');

it('makes a file that its owner alone can read', () => {
  const path = file();
  renewKubeconfig(path, entry);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(parse(readFileSync(path, 'utf8'))).toMatchObject({
    'current-context': 'practice',
    clusters: [{ name: 'practice', cluster: { server: 'https://127.0.0.1:1', 'certificate-authority-data': 'UEVN' } }],
    users: [{ name: 'practice-admin', user: { token: 't1' } }],
  });
});

it('renews only its own entries', () => {
  const path = file();
  renewKubeconfig(path, entry);
  const changed = parse(readFileSync(path, 'utf8'));
  changed.contexts[0].context.namespace = 'lab-ana';
  changed.contexts.push({ name: 'work', context: { cluster: 'work', user: 'me' } });
  changed['current-context'] = 'work';
  writeFileSync(path, stringify(changed));
  renewKubeconfig(path, { ...entry, token: 't2', server: 'https://127.0.0.1:2' });
  const renewed = parse(readFileSync(path, 'utf8'));
  expect(renewed['current-context']).toBe('work');
  expect(renewed.contexts).toContainEqual({ name: 'work', context: { cluster: 'work', user: 'me' } });
  expect(renewed.contexts).toContainEqual({
    name: 'practice',
    context: { cluster: 'practice', user: 'practice-admin', namespace: 'lab-ana' },
  });
  expect(renewed.users).toEqual([{ name: 'practice-admin', user: { token: 't2' } }]);
});

it.each(['', '[]', 'a: [', 'null'])('replaces what is no kubeconfig: %j', (content) => {
  const path = file();
  writeFileSync(path, content);
  renewKubeconfig(path, entry);
  expect(parse(readFileSync(path, 'utf8')).clusters).toHaveLength(1);
});
