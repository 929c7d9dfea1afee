import type { Node } from '../../../../lib/kubernetes/cluster';
import { ageColumn, ageOf, fieldColumn, nameColumn, nameOf, wide } from './columns';
import type { Kind } from './kind';
import { validateNode, validateNodeUpdate } from './validation/node';
import { validateDnsSubdomain } from './validation/names';

const info = 'k8s.io.api.core.v1.NodeSystemInfo';
const addresses = fieldColumn('Internal-IP', 'k8s.io.api.core.v1.NodeStatus', 'addresses', wide);

const notReady = 'node.kubernetes.io/not-ready';

export const nodeKind: Kind<Node> = {
  group: '',
  version: 'v1',
  kind: 'Node',
  plural: 'nodes',
  singular: 'node',
  shortNames: ['no'],
  namespaced: false,
  message: 'k8s.io.api.core.v1.Node',
  columns: [
    nameColumn,
    { name: 'Status', description: 'The status of the node' },
    { name: 'Roles', description: 'The roles of the node' },
    ageColumn,
    fieldColumn('Version', info, 'kubeletVersion'),
    addresses,
    { ...addresses, name: 'External-IP' },
    fieldColumn('OS-Image', info, 'osImage', wide),
    fieldColumn('Kernel-Version', info, 'kernelVersion', wide),
    fieldColumn('Container-Runtime', info, 'containerRuntimeVersion', wide),
  ],
  row(node, at) {
    const about = node.status?.nodeInfo ?? {};
    const kernel = (about.kernelVersion || '<unknown>') + (about.architecture ? ` (${about.architecture})` : '');
    return [
      nameOf(node),
      statusOf(node),
      rolesOf(node),
      ageOf(node, at),
      about.kubeletVersion ?? '',
      addressOf(node, 'InternalIP'),
      addressOf(node, 'ExternalIP'),
      about.osImage || '<unknown>',
      kernel,
      about.containerRuntimeVersion || '<unknown>',
    ];
  },
  // What can be allocated is what there is, unless the kubelet says otherwise (SetDefaults_NodeStatus).
  defaults(draft) {
    if (draft.status?.capacity && !draft.status.allocatable) draft.status.allocatable = { ...draft.status.capacity };
  },
  // Nothing is scheduled on a new node before its controller has looked at it (plugin/pkg/admission/nodetaint).
  prepareCreate(draft) {
    const taints = draft.spec?.taints ?? [];
    if (taints.some(({ key, effect }) => key === notReady && effect === 'NoSchedule')) return;
    draft.spec = { ...draft.spec, taints: [...taints, { key: notReady, effect: 'NoSchedule' }] };
  },
  prepareUpdate(draft, old) {
    draft.status = old.status;
  },
  validateName: validateDnsSubdomain,
  validate: validateNode,
  validateUpdate: (node, old) => [...validateNodeUpdate(node, old), ...validateNode(node)],
  fieldSelectors: { 'spec.unschedulable': (node) => String(node.spec?.unschedulable ?? false) },
  subresources: { status: true },
};

function statusOf(node: Node): string {
  const ready = node.status?.conditions?.find((condition) => condition.type === 'Ready');
  const status = ready ? (ready.status === 'True' ? 'Ready' : 'NotReady') : 'Unknown';
  return node.spec?.unschedulable ? `${status},SchedulingDisabled` : status;
}

const rolePrefix = 'node-role.kubernetes.io/';

function rolesOf(node: Node): string {
  const roles = new Set<string>();
  for (const [key, value] of Object.entries(node.metadata.labels ?? {})) {
    if (key.startsWith(rolePrefix) && key !== rolePrefix) roles.add(key.slice(rolePrefix.length));
    else if (key === 'kubernetes.io/role' && value !== '') roles.add(value);
  }
  return roles.size === 0 ? '<none>' : [...roles].sort().join(',');
}

function addressOf(node: Node, type: string): string {
  return node.status?.addresses?.find((address) => address.type === type)?.address ?? '<none>';
}
