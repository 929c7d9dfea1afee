import type { Condition, KubernetesObject, LabelSelector } from './metadata';
import type { PodTemplateSpec } from './pod';

export interface ReplicaSet extends KubernetesObject {
  spec: ReplicaSetSpec;
  status: ReplicaSetStatus;
}

export interface ReplicaSetSpec {
  replicas?: number;
  minReadySeconds?: number;
  selector: LabelSelector;
  template: PodTemplateSpec;
}

export interface ReplicaSetStatus {
  replicas?: number;
  fullyLabeledReplicas?: number;
  readyReplicas?: number;
  availableReplicas?: number;
  terminatingReplicas?: number;
  observedGeneration?: number;
  conditions?: Condition[];
}
