import { describe, expect, it } from 'vitest';
import type { OwnerReference } from '../../../../lib/kubernetes/metadata';
import type { ClaimRetention } from '../../../../lib/kubernetes/statefulSet';
import type { PersistentVolumeClaim } from '../../../../lib/kubernetes/storage';
import { claimTemplate, pod, webSet } from '../testing/objects';
import { hasUnexpectedController, isClaimOfFormerPod, isClaimOwnerRight, withRightOwner } from './claimOwners';

const policy = (whenScaled: ClaimRetention, whenDeleted: ClaimRetention) =>
  webSet({ replicas: 2, persistentVolumeClaimRetentionPolicy: { whenScaled, whenDeleted } }, { uid: 'set-uid' });
const kept = pod({ name: 'web-1', uid: 'pod-uid' });
const condemned = pod({ name: 'web-2', uid: 'pod-uid' });

const setRef: OwnerReference = {
  apiVersion: 'apps/v1',
  kind: 'StatefulSet',
  name: 'web',
  uid: 'set-uid',
  controller: true,
  blockOwnerDeletion: true,
};
const podRef = (name: string): OwnerReference => ({ ...setRef, apiVersion: 'v1', kind: 'Pod', name, uid: 'pod-uid' });
const foreign: OwnerReference = { apiVersion: 'v1', kind: 'ConfigMap', name: 'cm', uid: 'cm-uid', controller: true };
const bystander: OwnerReference = { ...foreign, controller: undefined };
const staleSet = { ...setRef, uid: 'former' };

function claim(...ownerReferences: OwnerReference[]): PersistentVolumeClaim {
  const { spec } = claimTemplate('www');
  return { spec, metadata: { name: 'www-web-1', namespace: 'default', ownerReferences } };
}

describe('the owner of a claim', () => {
  const rows: [ClaimRetention, ClaimRetention, typeof kept, OwnerReference[]][] = [
    ['Retain', 'Retain', kept, []],
    ['Retain', 'Retain', condemned, []],
    ['Retain', 'Delete', kept, [setRef]],
    ['Retain', 'Delete', condemned, [setRef]],
    ['Delete', 'Retain', kept, []],
    ['Delete', 'Retain', condemned, [podRef('web-2')]],
    ['Delete', 'Delete', kept, [setRef]],
    ['Delete', 'Delete', condemned, [podRef('web-2')]],
  ];
  it.each(rows)('with %s on scaling and %s on deletion', (whenScaled, whenDeleted, of, wanted) => {
    const owners = { set: policy(whenScaled, whenDeleted), pod: of };
    const starts = [[], [setRef], [podRef(of.metadata.name ?? '')], [setRef, podRef(of.metadata.name ?? '')]];
    for (const start of starts) {
      const right = withRightOwner(claim(...start), owners);
      expect(right.metadata.ownerReferences).toEqual(wanted.length > 0 ? wanted : undefined);
      expect(isClaimOwnerRight(right, owners)).toBe(true);
      expect(isClaimOwnerRight(claim(...start), owners)).toBe(JSON.stringify(start) === JSON.stringify(wanted));
    }
  });

  it('comes after owners that are not controllers', () => {
    const owners = { set: policy('Retain', 'Delete'), pod: kept };
    expect(isClaimOwnerRight(claim(bystander), owners)).toBe(false);
    expect(withRightOwner(claim(setRef, bystander), owners).metadata.ownerReferences).toEqual([bystander, setRef]);
  });

  it('is made controller again', () => {
    const owners = { set: policy('Retain', 'Delete'), pod: kept };
    const weak = claim({ ...setRef, controller: false });
    expect(isClaimOwnerRight(weak, owners)).toBe(false);
    expect(withRightOwner(weak, owners).metadata.ownerReferences).toEqual([setRef]);
  });

  it('is not added where someone else controls the claim, and is taken away', () => {
    const owners = { set: policy('Retain', 'Delete'), pod: kept };
    expect(hasUnexpectedController(claim(foreign), owners)).toBe(true);
    expect(isClaimOwnerRight(claim(foreign), owners)).toBe(true);
    expect(isClaimOwnerRight(claim(foreign, setRef), owners)).toBe(false);
    expect(withRightOwner(claim(foreign, setRef), owners).metadata.ownerReferences).toEqual([foreign]);
  });

  it('is nobody’s business under Retain', () => {
    expect(hasUnexpectedController(claim(foreign), { set: policy('Retain', 'Retain'), pod: kept })).toBe(false);
  });

  it('of a past life is left alone', () => {
    const owners = { set: policy('Retain', 'Delete'), pod: kept };
    expect(isClaimOwnerRight(claim(staleSet), owners)).toBe(true);
    expect(isClaimOwnerRight(claim({ ...podRef('web-1'), uid: 'former' }), owners)).toBe(true);
    expect(isClaimOfFormerPod(claim({ ...podRef('web-1'), uid: 'former' }), kept)).toBe(true);
    expect(isClaimOfFormerPod(claim(podRef('web-1')), kept)).toBe(false);
    expect(isClaimOfFormerPod(claim(podRef('web-1')), { ...kept, metadata: { name: 'web-1' } })).toBe(true);
  });
});
