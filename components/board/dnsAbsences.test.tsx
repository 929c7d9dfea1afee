// @vitest-environment happy-dom
import { cleanup, screen } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import type { DnsAbsence } from '../../lib/board/model';
import { DnsAbsences } from './DnsAbsences';
import { fixtureNow } from './fixtures';
import { renderPart } from './testing';

afterEach(cleanup);

const readyAt = fixtureNow - 600_000;
const back = {
  number: 1,
  dnsName: 'web-1.nginx.default.svc.cluster.local',
  former: [],
  readyAt,
  addresses: ['10.0.0.7'],
};

it.each<[string, Partial<DnsAbsence>, string]>([
  ['soon', { answeredAt: readyAt + 2000 }, 'DNS was heard to answer so 2s later.'],
  ['once a cache gave way', { answeredAt: readyAt + 29_000, formerUntil: readyAt + 28_000 }, 'so 29s later.'],
  ['once a “no” was forgotten', { answeredAt: readyAt + 29_000, noUntil: readyAt + 28_000 }, 'so 29s later.'],
  ['when somebody came to look', { answeredAt: readyAt + 300_000 }, 'until then nobody looked at this board'],
  [
    'when somebody came to look, long after a cache gave way',
    { answeredAt: readyAt + 300_000, formerUntil: readyAt + 28_000 },
    'until then nobody looked at this board',
  ],
])('says that DNS answered %s', (_name, over, words) => {
  renderPart(<DnsAbsences absences={[{ ...back, ...over }]} isAsked />);
  expect(screen.getByTestId('dns-absence').textContent).toContain(words);
});
