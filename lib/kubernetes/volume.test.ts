import { expect, it } from 'vitest';
import { volumeFate, volumeSource, type Volume } from './pod';

it.each<[Omit<Volume, 'name'>, object, string]>([
  [{ emptyDir: {} }, { source: 'emptyDir' }, 'pod'],
  [{ hostPath: { path: '/var/disk' } }, { source: 'hostPath', at: '/var/disk' }, 'node'],
  [{ nfs: { server: '10.0.0.9', path: '/exports/a' } }, { source: 'nfs', at: '10.0.0.9:/exports/a' }, 'network'],
  [{ configMap: { name: 'app' } }, { source: 'configMap' }, 'readOnly'],
  [{ secret: { secretName: 'app' } }, { source: 'secret' }, 'readOnly'],
  [{ downwardAPI: {} }, { source: 'downwardAPI' }, 'readOnly'],
  [{ projected: {} }, { source: 'projected' }, 'readOnly'],
  [{}, { source: '' }, 'other'],
])('%j is from %j: %s', (volume, source, fate) => {
  const found = volumeSource({ name: 'data', ...volume });
  expect(found).toEqual(source);
  expect(volumeFate(found.source)).toBe(fate);
});

it.each([
  ['ephemeral', 'pod'],
  ['csi', 'pod'],
  ['image', 'readOnly'],
  ['iscsi', 'other'],
])('%s: %s', (source, fate) => {
  expect(volumeFate(source)).toBe(fate);
});
