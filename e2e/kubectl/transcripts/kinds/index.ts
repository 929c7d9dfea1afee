import type { Subject } from '../subject';
import { access } from './access';
import { cluster } from './cluster';
import { config } from './config';
import { network } from './network';
import { pods } from './pods';
import { reviews } from './reviews';
import { storage } from './storage';
import { workloads } from './workloads';

export const subjects: readonly Subject[] = [
  ...cluster,
  ...pods,
  ...workloads,
  ...network,
  ...config,
  ...storage,
  ...access,
  ...reviews,
];
