import type { Pod } from '../../../../lib/kubernetes/pod';
import { podStatusText, restartsText } from '../../../../lib/kubernetes/podStatus';
import { ageColumn, ageOf, fieldColumn, nameColumn, nameOf, wide } from './columns';
import type { Kind } from './kind';
import { admitPod, tolerateLostNodes } from './pod/admission';
import { defaultPod } from './pod/defaults';
import { ephemeralAtCreateErrors, ephemeralPart } from './pod/ephemeral';
import { podWarnings } from './pod/warnings';
import { keepPodStatus, preparePodCreate, countPodUpdate } from './pod/prepare';
import { validatePod } from './pod/validation';
import { validatePodStatusUpdate, validatePodUpdate } from './pod/validateUpdate';
import { validateDnsSubdomain } from './validation/names';

const spec = 'k8s.io.api.core.v1.PodSpec';
const status = 'k8s.io.api.core.v1.PodStatus';

export const podKind: Kind<Pod> = {
  group: '',
  version: 'v1',
  kind: 'Pod',
  plural: 'pods',
  singular: 'pod',
  shortNames: ['po'],
  categories: ['all'],
  namespaced: true,
  message: 'k8s.io.api.core.v1.Pod',
  columns: [
    nameColumn,
    { name: 'Ready', description: 'The aggregate readiness state of this pod for accepting traffic.' },
    { name: 'Status', description: 'The aggregate status of the containers in this pod.' },
    {
      name: 'Restarts',
      description:
        'The number of times the containers in this pod have been restarted and when the last container in this pod has restarted.',
    },
    ageColumn,
    fieldColumn('IP', status, 'podIP', wide),
    fieldColumn('Node', spec, 'nodeName', wide),
    fieldColumn('Nominated Node', status, 'nominatedNodeName', wide),
    fieldColumn('Readiness Gates', spec, 'readinessGates', wide),
  ],
  row(pod, at) {
    const text = podStatusText(pod);
    return [
      nameOf(pod),
      `${text.readyContainers}/${text.totalContainers}`,
      text.status,
      restartsText(text, at.now),
      ageOf(pod, at),
      pod.status.podIPs?.[0]?.ip || '<none>',
      pod.spec.nodeName || '<none>',
      pod.status.nominatedNodeName || '<none>',
      readinessGates(pod),
    ];
  },
  rowConditions(pod) {
    const done = { type: 'Completed', status: 'True' } as const;
    if (pod.status.phase === 'Succeeded')
      return [{ ...done, reason: 'Succeeded', message: 'The pod has completed successfully.' }];
    return pod.status.phase === 'Failed' ? [{ ...done, reason: 'Failed', message: 'The pod failed.' }] : [];
  },
  defaults: defaultPod,
  prepareCreate(draft, context) {
    // Admission comes first: the requests that a LimitRange gives decide the class of service.
    admitPod(draft, context);
    preparePodCreate(draft, context.clock.now());
  },
  prepareUpdate(draft, old) {
    draft.status = old.status;
  },
  finishUpdate(draft, old) {
    tolerateLostNodes(draft);
    countPodUpdate(draft, old);
  },
  prepareStatus: keepPodStatus,
  validateName: validateDnsSubdomain,
  validate: (pod) => [...validatePod(pod), ...ephemeralAtCreateErrors(pod)],
  validateUpdate: (pod, old) => [...validatePod(pod), ...validatePodUpdate(pod, old)],
  validateStatus: validatePodStatusUpdate,
  warnings: podWarnings,
  fieldSelectors: {
    'spec.nodeName': (pod) => pod.spec.nodeName ?? '',
    'spec.restartPolicy': (pod) => pod.spec.restartPolicy ?? '',
    'spec.schedulerName': (pod) => pod.spec.schedulerName ?? '',
    'spec.serviceAccountName': (pod) => pod.spec.serviceAccountName ?? '',
    'spec.hostNetwork': (pod) => String(pod.spec.hostNetwork ?? false),
    'status.phase': (pod) => pod.status.phase ?? '',
    'status.podIP': (pod) => pod.status.podIPs?.[0]?.ip ?? '',
    'status.podIPs': (pod) => pod.status.podIPs?.[0]?.ip ?? '',
    'status.nominatedNodeName': (pod) => pod.status.nominatedNodeName ?? '',
  },
  subresources: { status: true, parts: { ephemeralcontainers: ephemeralPart } },
  // A pod on no node, or one that has ended, has no kubelet work to wait for (registry/core/pod CheckGracefulDelete).
  gracePeriod(pod, asked) {
    const { nodeName, terminationGracePeriodSeconds: own } = pod.spec;
    const ended = pod.status.phase === 'Succeeded' || pod.status.phase === 'Failed';
    if (!nodeName || ended) return 0;
    const seconds = asked ?? own ?? 30;
    return seconds < 0 ? 1 : seconds;
  },
};

function readinessGates(pod: Pod): string {
  const gates = pod.spec.readinessGates ?? [];
  if (gates.length === 0) return '<none>';
  const isTrue = (type: string) => pod.status.conditions?.find((c) => c.type === type)?.status === 'True';
  return `${gates.filter((gate) => isTrue(gate.conditionType)).length}/${gates.length}`;
}
