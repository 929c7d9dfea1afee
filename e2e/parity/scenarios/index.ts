import type { Scenario } from '../trial';
import { byNameAndLabels, bySizeAndModes, lost, retained } from './claims';
import { background } from './deletion';
import { eviction } from './eviction';
import { forbiddenUpdates, invalidObjects } from './invalid';
import { orderedStartAndStop, slowStop } from './ordered';
import { failed, replaced, startOrdinal } from './pods';
import { firstConsumer, immediate, noProvisioner, protection } from './provisioning';
import { tables } from './tables';
import { onDelete, parallel, partition, stuck } from './updates';
import { expiry, initialEvents, selectors } from './watches';

export const scenarios: readonly Scenario[] = [
  ...[orderedStartAndStop, slowStop, partition, onDelete, stuck, parallel],
  ...[replaced, failed, startOrdinal, background, eviction],
  ...[bySizeAndModes, byNameAndLabels, retained, lost],
  ...[immediate, firstConsumer, noProvisioner, protection],
  ...[invalidObjects, forbiddenUpdates, tables],
  ...[initialEvents, selectors, expiry],
];
