import { isTerminating } from '../../kubernetes/pod';
import type { StatefulSet } from '../../kubernetes/statefulSet';
import type { SetFacts } from './facts';
import { identityOf, present, timeOf } from './identity';
import { shared } from './shared';

export function setFacts(set: StatefulSet): SetFacts {
  return {
    ...identityOf(set),
    view: setView(set),
    claimTemplates: (set.spec.volumeClaimTemplates ?? []).map((template) => template.metadata.name ?? ''),
    matchLabels: set.spec.selector.matchLabels ?? {},
  };
}

function setView(set: StatefulSet): SetFacts['view'] {
  const { spec, status } = set;
  const retention = spec.persistentVolumeClaimRetentionPolicy;
  return present({
    name: set.metadata.name ?? '',
    uid: set.metadata.uid ?? '',
    replicas: spec.replicas ?? 1,
    readyReplicas: status.readyReplicas ?? 0,
    start: spec.ordinals?.start ?? 0,
    serviceName: spec.serviceName ?? '',
    policy: spec.podManagementPolicy ?? 'OrderedReady',
    strategy: spec.updateStrategy?.type ?? 'RollingUpdate',
    partition: spec.updateStrategy?.rollingUpdate?.partition ?? 0,
    currentRevision: status.currentRevision ?? '',
    updateRevision: status.updateRevision ?? '',
    image: spec.template.spec.containers[0]?.image ?? '',
    containers: spec.template.spec.containers.map(({ name, image }) => ({
      name: shared(name),
      image: shared(image ?? ''),
    })),
    terminating: isTerminating(set),
    createdAt: timeOf(set.metadata.creationTimestamp) ?? 0,
    claimRetention: retention && {
      whenDeleted: retention.whenDeleted ?? 'Retain',
      whenScaled: retention.whenScaled ?? 'Retain',
    },
  });
}
