import type { ResourceName } from '../../../lib/kubernetes/resources';
import type { ApiClient } from '../client';
import type { Clock } from '../clock';
import type { Ids } from '../ids';
import { startClusterRoleAggregation } from './clusterrole/aggregation';
import { startCronJobController } from './cronjob/cronJobController';
import { startDaemonSetController } from './daemonset/daemonSetController';
import { startDeploymentController } from './deployment/deploymentController';
import { startDisruptionController } from './disruption/disruptionController';
import { startEndpointsController } from './endpoints/endpointsController';
import { startEndpointSliceController } from './endpoints/endpointSliceController';
import { startEndpointSliceMirroringController } from './endpoints/endpointSliceMirroringController';
import { startGarbageCollector } from './garbage/garbageCollector';
import { startJobController } from './job/jobController';
import { startFinishedJobsController } from './job/finishedJobs';
import { startNamespaceController } from './namespace/namespaceController';
import { startNodeController } from './node/nodeController';
import type { ReconcileFailure } from './runtime/controller';
import type { Informers } from './runtime/informer';
import { startResourceQuotaController } from './quota/resourceQuotaController';
import { startReplicaSetController } from './replicaset/replicaSetController';
import { startReplicationController } from './replicaset/replicationController';
import { startRootCaPublisher, startServiceAccountController } from './serviceaccount/namespaceContent';
import { startTaintEvictionController } from './tainteviction/taintEvictionController';
import { startStatefulSetController } from './statefulset/statefulSetController';

export interface ControllersOptions {
  client: ApiClient;
  informers: Informers;
  clock: Clock;
  ids: Ids;
  /** What pods trust the API by, in PEM. */
  rootCa: string;
  /** The kinds that are served, for garbage collection and the emptying of namespaces; all when left out. */
  kinds?: readonly ResourceName[];
  /** Told of each reconcile that failed and will be tried again. */
  onError?: (failure: ReconcileFailure) => void;
}

/**
 * The controllers that kube-controller-manager would run here, but for those of volumes. They start to work when the
 * caches are filled. `stop` resolves when nothing is in work any more.
 */
export function startControllers(options: ControllersOptions): { stop(): Promise<void> } {
  const kinds = options.kinds?.filter((kind) => kind !== 'events');
  const running = [
    startServiceAccountController(options),
    startRootCaPublisher(options),
    startClusterRoleAggregation(options),
    startCronJobController(options),
    startDaemonSetController(options),
    startDeploymentController(options),
    startFinishedJobsController(options),
    startJobController(options),
    startDisruptionController(options),
    startReplicaSetController(options),
    startReplicationController(options),
    startStatefulSetController(options),
    startEndpointsController(options),
    startEndpointSliceController(options),
    startEndpointSliceMirroringController(options),
    startResourceQuotaController(options),
    startNamespaceController(options),
    startNodeController(options),
    startTaintEvictionController(options),
    startGarbageCollector({ ...options, kinds }),
  ];
  return { stop: async () => void (await Promise.all(running.map((controller) => controller.stop()))) };
}
