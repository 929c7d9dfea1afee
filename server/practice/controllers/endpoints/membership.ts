import { controllerOf } from '../../../../lib/kubernetes/metadata';
import type { Service, ServicePort } from '../../../../lib/kubernetes/network';
import { isPodReady, isPodTerminal, isTerminating, type Pod } from '../../../../lib/kubernetes/pod';
import type { Controller } from '../runtime/controller';
import { keyOf, type Informer } from '../runtime/informer';
import { matchesLabels } from '../../../../lib/kubernetes/selector';

/** Which pods stand behind a Service and as what, for both endpoint controllers (k8s.io/endpointslice). */

export const headlessLabel = 'service.kubernetes.io/headless';
export const triggerTimeAnnotation = 'endpoints.kubernetes.io/last-change-trigger-time';

/** Only Services that select pods have endpoints made for them. */
export function hasManagedEndpoints({ spec }: Service): boolean {
  return spec.type !== 'ExternalName' && Object.keys(spec.selector ?? {}).length > 0;
}

export function hasClusterAddress({ spec }: Service): boolean {
  return spec.clusterIP !== undefined && spec.clusterIP !== '' && spec.clusterIP !== 'None';
}

/** The pods a Service selects, by name. */
export function podsBehind(service: Service, pods: Informer<Pod>): Pod[] {
  const name = (pod: Pod) => pod.metadata.name ?? '';
  return pods
    .list(service.metadata.namespace)
    .filter((pod) => matchesLabels(service.spec.selector ?? {}, pod.metadata.labels))
    .sort((a, b) => (name(a) < name(b) ? -1 : 1));
}

/** Finished pods and pods without an address never are endpoints. */
export function isEndpoint(pod: Pod, options: { includeTerminating: boolean }): boolean {
  if (isPodTerminal(pod) || addressesOf(pod).length === 0) return false;
  return options.includeTerminating || !isTerminating(pod);
}

export function addressesOf(pod: Pod): string[] {
  return pod.status.podIPs?.map(({ ip }) => ip) ?? (pod.status.podIP ? [pod.status.podIP] : []);
}

export const isIpv6 = (address: string) => address.includes(':');

/** A pod's own host name counts only under the Service that its subdomain names. */
export function hostnameIn(service: Service, pod: Pod): string | undefined {
  const { hostname, subdomain } = pod.spec;
  return hostname && subdomain === service.metadata.name ? hostname : undefined;
}

/** The container port behind a Service's port; undefined when the pod has no port of the name that is asked for. */
export function portOf(pod: Pod, port: ServicePort): number | undefined {
  const target = port.targetPort ?? port.port;
  if (typeof target === 'number') return target;
  const sidecars = (pod.spec.initContainers ?? []).filter((c) => c.restartPolicy === 'Always');
  const ports = [...pod.spec.containers, ...sidecars].flatMap((container) => container.ports ?? []);
  return ports.find((p) => p.name === target && (p.protocol ?? 'TCP') === (port.protocol ?? 'TCP'))?.containerPort;
}

export function targetRefOf({ metadata: { namespace, name, uid } }: Pod) {
  return { kind: 'Pod', namespace, name, uid };
}

/** Everything about a pod that an endpoint shows. A pod whose facts stay the same wakes nobody. */
function factsOf(pod: Pod): string {
  const { deletionTimestamp, labels, uid } = pod.metadata;
  const { hostname, subdomain, nodeName } = pod.spec;
  const readiness = [isPodReady(pod), isPodTerminal(pod)];
  return JSON.stringify([
    addressesOf(pod),
    ...readiness,
    deletionTimestamp,
    labels,
    uid,
    hostname,
    subdomain,
    nodeName,
  ]);
}

/** Enqueues Services when they or the pods behind them change. */
export function watchMembers(services: Informer<Service>, pods: Informer<Pod>, controller: Controller): void {
  const wake = (service: Service) => controller.enqueue(keyOf(service));
  services.on({ added: wake, modified: wake, deleted: wake });
  const wakeServicesOf = (...versions: Pod[]) => {
    const [pod] = versions;
    for (const service of services.list(pod?.metadata.namespace)) {
      const matches = (p: Pod) => matchesLabels(service.spec.selector ?? {}, p.metadata.labels);
      if (hasManagedEndpoints(service) && versions.some(matches)) wake(service);
    }
  };
  pods.on({
    added: (pod) => wakeServicesOf(pod),
    deleted: (pod) => wakeServicesOf(pod),
    modified: (pod, previous) => {
      if (factsOf(pod) !== factsOf(previous)) wakeServicesOf(pod, previous);
    },
  });
}

/** Whether an object carries a reference to exactly this Service. */
export function isOwnedBy(service: Service, object: { metadata: Service['metadata'] }): boolean {
  const owner = controllerOf(object.metadata);
  return owner?.kind === 'Service' && owner.uid === service.metadata.uid;
}
