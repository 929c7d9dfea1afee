import { describe, expect, it } from 'vitest';
import type { ManagedFields } from '../../../../lib/kubernetes/metadata';
import type { JsonObject } from '../json';
import { setKind } from '../testing';
import { scaleKind } from '../operations/scale';
import { managersAfterScale, scaleManagers } from './scaleManagers';

const time = '2026-01-01T00:00:00Z';
const replicas = { 'f:spec': { 'f:replicas': {} } };

function entry(manager: string, fieldsV1: JsonObject, more: Partial<ManagedFields> = {}): ManagedFields {
  return { manager, operation: 'Update', apiVersion: 'apps/v1', time, fieldsType: 'FieldsV1', fieldsV1, ...more };
}

function without(of: ManagedFields): ManagedFields {
  const copy = { ...of };
  delete copy.time;
  return copy;
}

const ofScale = (of: ManagedFields) => ({ ...of, apiVersion: 'autoscaling/v1', fieldsV1: replicas });
const creator = entry('creator', { 'f:spec': { 'f:replicas': {}, 'f:serviceName': {} } });
const creatorsRest = entry('creator', { 'f:spec': { 'f:serviceName': {} } });
const applier = entry('applier', replicas, { operation: 'Apply' });
const scaler = entry('scaler', replicas, { subresource: 'scale' });
const status = entry('kubelet', { 'f:status': { 'f:replicas': {} } }, { subresource: 'status' });
const stranger = entry('old', replicas, { apiVersion: 'apps/v1beta1' });

describe('who owns the replicas', () => {
  it('is told of a Scale, and nobody else', () => {
    expect(scaleManagers(setKind, scaleKind, [creator, status, stranger])).toEqual([ofScale(creator)]);
    expect(scaleManagers(setKind, scaleKind)).toEqual([]);
  });

  it.each<[string, ManagedFields[], ManagedFields[], ManagedFields[]]>([
    ['taken from one who has more', [creator], [ofScale(scaler)], [without(scaler), creatorsRest]],
    [
      'taken from one who has nothing else',
      [scaler],
      [ofScale({ ...scaler, manager: 'b' })],
      [without({ ...scaler, manager: 'b' })],
    ],
    [
      'written again: its entry is made anew',
      [creator],
      [ofScale(creator)],
      [{ ...without(creator), fieldsV1: replicas }, creatorsRest],
    ],
    ['kept by one who applied', [applier, status], [ofScale(applier)], [applier, status]],
    ['given to one who applied', [status], [ofScale(applier)], [without(applier), status]],
    ['nobody any more', [creator, status], [], [creatorsRest, status]],
    ['entries of an unknown version are dropped', [stranger, status], [], [status]],
    ['what else a Scale has is nobody’s', [status], [{ ...ofScale(scaler), fieldsV1: { 'f:status': {} } }], [status]],
  ])('after a write: %s', (_, before, scale, after) =>
    expect(managersAfterScale(setKind, before, scale)).toEqual(after),
  );
});
