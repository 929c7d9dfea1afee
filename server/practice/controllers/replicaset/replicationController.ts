import { startReplicas, type ReplicaSetControllerOptions } from './replicaSetController';
import { replicationControllers } from './replicas';

/** ReplicationControllers are kept by the same code as ReplicaSets, as in upstream (pkg/controller/replication). */
export function startReplicationController(options: ReplicaSetControllerOptions): { stop(): Promise<void> } {
  return startReplicas(options, replicationControllers(options.client, options.informers));
}
