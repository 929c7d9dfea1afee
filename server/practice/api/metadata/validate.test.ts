import { describe, expect, it } from 'vitest';
import type { ObjectMeta } from '../../../../lib/kubernetes/metadata';
import { fieldMessage } from '../fieldError';
import { configKind } from '../testing';
import { managerErrors, validateMetadata, validateMetadataUpdate } from './validate';

const owner = { apiVersion: 'v1', kind: 'Pod', name: 'p', uid: 'u' };
const label =
  "(e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
const rule =
  "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character";

describe('metadata', () => {
  it.each<[string, ObjectMeta, string[]]>([
    ['fine', { name: 'a', labels: { 'x.io/a': 'b' }, finalizers: ['x.io/y', 'orphan'], ownerReferences: [owner] }, []],
    ['no name', {}, ['metadata.name: Required value: name or generateName is required']],
    [
      'bad label',
      { name: 'a', labels: { 'a b': '1' } },
      [`metadata.labels: Invalid value: "a b": name part ${rule} ${label}`],
    ],
    [
      'large annotations',
      { name: 'a', annotations: { k: 'x'.repeat(262144) } },
      ['metadata.annotations: Too long: may not be more than 262144 bytes'],
    ],
    [
      'bad finalizer',
      { name: 'a', finalizers: ['hold'] },
      [
        'metadata.finalizers[0]: Invalid value: "hold": name is neither a standard finalizer name nor is it fully qualified',
      ],
    ],
    [
      'two garbage finalizers',
      { name: 'a', finalizers: ['orphan', 'foregroundDeletion'] },
      [
        'metadata.finalizers: Invalid value: ["orphan","foregroundDeletion"]: finalizer orphan and foregroundDeletion cannot be both set',
      ],
    ],
    [
      'owner without a uid',
      { name: 'a', ownerReferences: [{ ...owner, uid: '' }] },
      ['metadata.ownerReferences.uid: Invalid value: "": must not be empty'],
    ],
    [
      'event as owner',
      { name: 'a', ownerReferences: [{ ...owner, kind: 'Event' }] },
      [
        'metadata.ownerReferences: Invalid value: {"apiVersion":"v1","kind":"Event","name":"p","uid":"u"}: /v1, Kind=Event is disallowed from being an owner',
      ],
    ],
  ])('%s', (_, metadata, messages) =>
    expect(validateMetadata(configKind, metadata).map(fieldMessage)).toEqual(messages),
  );

  it('lets only one owner control', () => {
    const both = [
      { ...owner, controller: true },
      { ...owner, uid: 'v', name: 'q', controller: true },
    ];
    expect(validateMetadata(configKind, { name: 'a', ownerReferences: both })[0]?.body).toMatch(
      /Only one reference can have Controller set to true. Found "true" in references for Pod\/p and Pod\/q$/,
    );
  });

  it('keeps what an update may not change', () => {
    const old = { name: 'a', uid: 'u', deletionTimestamp: '2026-01-01T00:00:00Z', finalizers: ['a.io/a'] };
    expect(validateMetadataUpdate({ ...old, uid: 'x' }, old).map(fieldMessage)).toEqual([
      'metadata.uid: Invalid value: "x": field is immutable',
    ]);
    expect(validateMetadataUpdate({ ...old, finalizers: ['a.io/a', 'b.io/b'] }, old).map(fieldMessage)).toEqual([
      'metadata.finalizers: Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers []string{"b.io/b"}',
    ]);
    expect(validateMetadataUpdate({ ...old, finalizers: [] }, old)).toEqual([]);
  });

  it('takes managers that can be printed', () => {
    expect(managerErrors('kubectl-client-side-apply', 'fieldManager')).toEqual([]);
    expect(managerErrors('x'.repeat(129), 'fieldManager').map(fieldMessage)).toEqual([
      'fieldManager: Too long: may not be more than 128 bytes',
    ]);
    expect(managerErrors('a\n', 'fieldManager')[0]?.body).toContain('invalid character U+000A (at position 1)');
  });
});
