import type { Pod } from '../../../../lib/kubernetes/pod';
import type { SandboxOptions } from '../../containers/runtime';
import { hostnameOf, hostsFile } from '../addresses/hostsFile';
import { resolvConf } from '../addresses/resolvConf';
import type { NodeDeps } from '../kubeletDeps';

/** What the container runtime is told of a pod. With hostNetwork, a pod goes by its node's name and address. */
export function sandboxOptions(pod: Pod, { dns, nodeName }: NodeDeps, ip: string): SandboxOptions {
  const { metadata, spec } = pod;
  return {
    podUid: metadata.uid ?? '',
    namespace: metadata.namespace ?? '',
    podName: metadata.name ?? '',
    hostname: spec.hostNetwork ? nodeName : hostnameOf(pod),
    ip,
    nodeName,
    hosts: hostsFile(pod, ip, dns.clusterDomain),
    resolvConf: resolvConf(pod, dns),
  };
}
