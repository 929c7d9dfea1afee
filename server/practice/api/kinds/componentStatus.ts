import type { KubernetesObject } from '../../../../lib/kubernetes/metadata';
import { nameColumn, nameOf } from './columns';
import type { Kind } from './kind';

export interface ComponentStatus extends KubernetesObject {
  conditions?: { type: string; status: string; message?: string; error?: string }[];
}

/**
 * How the parts of the control plane are. The real server asks the ports of each; here they live and die with the API that answers, so
 * that each is well whenever it can be asked for.
 */
export const componentStatusKind: Kind<ComponentStatus> = {
  group: '',
  version: 'v1',
  kind: 'ComponentStatus',
  plural: 'componentstatuses',
  singular: 'componentstatus',
  shortNames: ['cs'],
  namespaced: false,
  message: 'k8s.io.api.core.v1.ComponentStatus',
  verbs: ['get', 'list'],
  columns: [
    nameColumn,
    { name: 'Status', description: 'Status of the component conditions' },
    { name: 'Message', description: 'Message of the component conditions' },
    { name: 'Error', description: 'Error of the component conditions' },
  ],
  row(component) {
    const healthy = component.conditions?.find(({ type }) => type === 'Healthy');
    const status = !healthy ? 'Unknown' : healthy.status === 'True' ? 'Healthy' : 'Unhealthy';
    return [nameOf(component), status, healthy?.message ?? '', healthy?.error ?? ''];
  },
  computed: () => ['scheduler', 'controller-manager', 'etcd-0'].map(well),
  deprecated: 'v1 ComponentStatus is deprecated in v1.19+',
};

function well(name: string): ComponentStatus {
  return {
    kind: 'ComponentStatus',
    apiVersion: 'v1',
    metadata: { name },
    conditions: [{ type: 'Healthy', status: 'True', message: 'ok' }],
  };
}
