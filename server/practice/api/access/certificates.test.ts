import { X509Certificate } from 'node:crypto';
import { mkdtempSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer, request } from 'node:https';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { ManualClock, systemClock } from '../../clock';
import { seededIds } from '../../ids';
import { servingCertificates } from './certificates';

const options = (clock = systemClock) => ({
  directory: join(mkdtempSync(join(tmpdir(), 'pki-')), 'pki'),
  clock,
  ids: seededIds(1),
  addresses: ['127.0.0.1', '10.96.0.1'],
});

it('serves TLS that its own CA vouches for, by address and by name', async () => {
  const { ca, cert, key } = await servingCertificates(options());
  const server = createServer({ cert, key }, (_q, r) => r.end('ok')).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const call = request({ host: '127.0.0.1', port, ca, agent: false });
  call.end();
  const [response] = (await once(call, 'response')) as [import('node:http').IncomingMessage];
  expect(response.statusCode).toBe(200);
  response.resume();
  server.close();
  expect(new X509Certificate(cert).checkHost('kubernetes.default.svc')).toBe('kubernetes.default.svc');
});

it('keeps them, for the owner only, until they are about to end', async () => {
  const clock = new ManualClock();
  const kept = options(clock);
  const first = await servingCertificates(kept);
  expect(await servingCertificates(kept)).toEqual(first);
  expect(statSync(join(kept.directory, 'apiserver.key')).mode & 0o777).toBe(0o600);
  await clock.advance(3640 * 24 * 3600 * 1000);
  expect((await servingCertificates(kept)).cert).not.toBe(first.cert);
});
