import { componentStatusKind } from './componentStatus';
import { configMapKind } from './configMap';
import { controllerRevisionKind } from './controllerRevision';
import { daemonSetKind } from './daemonSet';
import { deploymentKind } from './deployment';
import { endpointsKind } from './endpoints';
import { endpointSliceKind } from './endpointSlice';
import { eventKind } from './event';
import { cronJobKind } from './cronJob';
import { jobKind } from './job';
import { eventsV1Kind } from './eventsV1';
import type { Kind } from './kind';
import { namespaceKind } from './namespace';
import { nodeKind } from './node';
import { persistentVolumeKind } from './persistentVolume';
import { persistentVolumeClaimKind } from './persistentVolumeClaim';
import { leaseKind } from './lease';
import { limitRangeKind } from './limitRange';
import { podKind } from './pod';
import { podDisruptionBudgetKind } from './podDisruptionBudget';
import { podTemplateKind } from './podTemplate';
import { replicaSetKind } from './replicaSet';
import { replicationControllerKind } from './replicationController';
import { resourceQuotaKind } from './resourceQuota';
import { clusterRoleKind, roleKind } from './role';
import { clusterRoleBindingKind, roleBindingKind } from './roleBinding';
import { secretKind } from './secret';
import { serviceKind } from './service';
import { serviceAccountKind } from './serviceAccount';
import { statefulSetKind } from './statefulSet';
import { storageClassKind } from './storageClass';

/** Every kind that is served. Adding one is a file of facts and a line here. */
export const kinds: Kind[] = [
  componentStatusKind,
  configMapKind,
  endpointsKind,
  eventKind,
  limitRangeKind,
  namespaceKind,
  nodeKind,
  persistentVolumeClaimKind,
  persistentVolumeKind,
  podKind,
  podTemplateKind,
  replicationControllerKind,
  resourceQuotaKind,
  secretKind,
  serviceAccountKind,
  serviceKind,
  controllerRevisionKind,
  daemonSetKind,
  deploymentKind,
  replicaSetKind,
  statefulSetKind,
  cronJobKind,
  jobKind,
  endpointSliceKind,
  eventsV1Kind,
  leaseKind,
  podDisruptionBudgetKind,
  storageClassKind,
  clusterRoleBindingKind,
  clusterRoleKind,
  roleBindingKind,
  roleKind,
];
