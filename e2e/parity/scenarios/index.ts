import type { Scenario } from '../trial';
import { bySizeAndModes, byNameAndLabels, lost } from './claims';
import { background, foreground, orphan } from './deletion';
import { dns } from './dns';
import { eviction } from './eviction';
import { forbiddenUpdates, invalidObjects } from './invalid';
import { orderedStartAndStop, slowStop } from './ordered';
import { adoption, failed, replaced, startOrdinal } from './pods';
import { claimRetention, firstConsumer, immediate, noProvisioner, protection } from './provisioning';
import { deleted, recycled, retained } from './reclaim';
import { scaleSubresource } from './scale';
import { tables } from './tables';
import { onDelete, parallel, partition, stuck } from './updates';
import { expiry, initialEvents, selectors } from './watches';

export const scenarios: readonly Scenario[] = [
  ...[orderedStartAndStop, slowStop, scaleSubresource],
  ...[partition, onDelete, stuck, parallel],
  ...[replaced, failed, startOrdinal, adoption],
  ...[orphan, background, foreground, eviction],
  ...[bySizeAndModes, byNameAndLabels, lost, retained, deleted, recycled],
  ...[invalidObjects, forbiddenUpdates, tables, initialEvents, selectors, expiry],
  dns,
  ...[immediate, firstConsumer, noProvisioner, claimRetention, protection],
];
