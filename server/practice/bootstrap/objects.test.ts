import { expect, it } from 'vitest';
import { createApi } from '../api/api';
import { kinds } from '../api/kinds';
import { testApi } from '../api/testing';
import { seededIds } from '../ids';
import { bootstrapObjects, firstObjects } from './objects';

it('finds at a second start what the first has made, and leaves it as it is', async () => {
  const { client, api, clock, storage } = await testApi({ kinds: [...kinds] });
  await bootstrapObjects(client);
  await firstObjects(client);
  await client.patch('services', 'kube-dns', 'kube-system', { metadata: { labels: { mine: 'yes' } } });
  const before = storage.revision;
  // What is in memory only, such as the addresses taken, is worked out anew from what is stored.
  const again = createApi({ ...api.core, kinds, ids: seededIds(2), clock, storage });
  await bootstrapObjects(again.client({ name: 'system:kube-apiserver', groups: ['system:masters'] }, 'test'));
  expect(storage.revision).toBe(before);
});
