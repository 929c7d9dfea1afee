import { expect, it } from 'vitest';
import type { Scale } from '../operations/scale';
import { scaleTable } from './scale';

const scale: Scale = {
  metadata: { name: 'web', creationTimestamp: '2026-01-01T00:00:00Z' },
  spec: { replicas: 3 },
  status: { replicas: 2 },
};

it('shows what is wanted and what is there', () => {
  expect(scaleTable.columns.map(({ name }) => name)).toEqual(['Name', 'Desired', 'Available', 'Age']);
  expect(scaleTable.row(scale, { now: Date.parse('2026-01-01T00:01:30Z') })).toEqual(['web', 3, 2, '90s']);
});
