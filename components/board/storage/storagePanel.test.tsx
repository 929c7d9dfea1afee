// @vitest-environment happy-dom
import { cleanup, screen, within } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { aBoard, aClaim, aStorageClass, aVolume } from '../fixtures';
import { renderPart } from '../testing';
import { StoragePanel } from './StoragePanel';

afterEach(cleanup);

const named = (phase: 'Pending' | 'Bound') => {
  const volume = aVolume(0, { name: 'disk', phase: phase === 'Bound' ? 'Bound' : 'Available' });
  const claim = aClaim(0, { name: 'named', phase, volumeName: 'disk', volume });
  return aBoard([], { otherClaims: [claim], volumes: [volume] });
};

it('lists a volume as free though a claim names it that cannot have it', () => {
  renderPart(<StoragePanel board={named('Pending')} />);
  expect(screen.getByText('Free volumes')).toBeTruthy();
  expect(within(screen.getByTestId('claim-row')).queryByText(/with its claim/), 'its policy is not yet').toBeNull();
});

it('lists a volume with the claim that has it, and not once more', () => {
  renderPart(<StoragePanel board={named('Bound')} />);
  expect(screen.queryByText('Free volumes')).toBeNull();
});

it('says of a class without a provisioner that nobody makes its volumes', () => {
  const late = aStorageClass('late', {
    provisioner: 'kubernetes.io/no-provisioner',
    bindingMode: 'WaitForFirstConsumer',
  });
  renderPart(<StoragePanel board={aBoard([], { storageClasses: [late] })} />);
  expect(screen.getByText(/by hand; one is bound when a pod needs it/)).toBeTruthy();
  expect(screen.queryByText(/a volume is made/)).toBeNull();
});
