import { claimsOf } from '../../kubernetes/mounts';
import type { Condition } from '../../kubernetes/metadata';
import { controllerOf } from '../../kubernetes/metadata';
import { isTerminating } from '../../kubernetes/pod';
import type { CountOrPercent, Deployment, ReplicaSet } from '../../kubernetes/workloads';
import type { DeploymentView, Reason } from '../model';
import type { DeploymentFacts, ReplicaSetFacts } from './facts';
import { identityOf, present, timeOf } from './identity';
import { shared } from './shared';

/** Where the controller keeps the count (pkg/controller/deployment/util/deployment_util.go, RevisionAnnotation). */
const revisionAnnotation = 'deployment.kubernetes.io/revision';

export function deploymentFacts(deployment: Deployment): DeploymentFacts {
  const { spec, status } = deployment;
  return {
    ...identityOf(deployment),
    view: present({
      kind: 'Deployment',
      name: deployment.metadata.name ?? '',
      uid: deployment.metadata.uid ?? '',
      replicas: spec.replicas ?? 1,
      readyReplicas: status.readyReplicas ?? 0,
      updatedReplicas: status.updatedReplicas ?? 0,
      availableReplicas: status.availableReplicas ?? 0,
      strategy: strategyOf(spec.strategy),
      paused: spec.paused === true,
      containers: containersOf(spec.template),
      revision: revisionOf(deployment),
      terminating: isTerminating(deployment),
      createdAt: timeOf(deployment.metadata.creationTimestamp) ?? 0,
      trouble: troubleOf(status.conditions ?? []),
    }),
    claims: claimsOf(spec.template.spec),
  };
}

export function replicaSetFacts(set: ReplicaSet): ReplicaSetFacts {
  const { spec, status } = set;
  const owner = controllerOf(set.metadata);
  return {
    ...identityOf(set),
    view: {
      name: set.metadata.name ?? '',
      uid: set.metadata.uid ?? '',
      hash: set.metadata.labels?.['pod-template-hash'] ?? '',
      revision: revisionOf(set),
      replicas: spec.replicas ?? 1,
      readyReplicas: status.readyReplicas ?? 0,
      containers: containersOf(spec.template),
      createdAt: timeOf(set.metadata.creationTimestamp) ?? 0,
      terminating: isTerminating(set),
    },
    owner: owner && { kind: shared(owner.kind), uid: shared(owner.uid) },
    trouble: troubleOf(status.conditions ?? []),
    availableReplicas: status.availableReplicas ?? 0,
    claims: claimsOf(spec.template.spec),
  };
}

function containersOf(template: Deployment['spec']['template']): DeploymentView['containers'] {
  return template.spec.containers.map(({ name, image = '' }) => ({ name: shared(name), image: shared(image) }));
}

function revisionOf({ metadata }: { metadata: Deployment['metadata'] }): number {
  const revision = Number(metadata.annotations?.[revisionAnnotation] ?? 0);
  return Number.isSafeInteger(revision) ? revision : 0;
}

/** Both are 25% where nothing is said (pkg/apis/apps/v1/defaults.go). */
function strategyOf(strategy: Deployment['spec']['strategy']): DeploymentView['strategy'] {
  if (strategy?.type === 'Recreate') return { type: 'Recreate' };
  const text = (count: CountOrPercent | undefined): string => String(count ?? '25%');
  const { maxSurge, maxUnavailable } = strategy?.rollingUpdate ?? {};
  return { type: 'RollingUpdate', maxSurge: text(maxSurge), maxUnavailable: text(maxUnavailable) };
}

/** A pod that could not be made (a quota, an admission), and a rollout that has come to a stand. Both conditions go when it is over. */
function troubleOf(conditions: readonly Condition[]): Reason | undefined {
  const failure = conditions.find(({ type, status }) => type === 'ReplicaFailure' && status === 'True');
  if (failure) return present({ code: 'createFailed', message: failure.message });
  const stuck = conditions.find(({ type, status }) => type === 'Progressing' && status === 'False');
  return stuck && present({ code: 'other', message: stuck.message });
}
