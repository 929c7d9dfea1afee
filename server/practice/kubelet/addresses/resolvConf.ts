import type { Pod } from '../../../../lib/kubernetes/pod';

export interface DnsSettings {
  clusterDns: string;
  clusterDomain: string;
}

/**
 * /etc/resolv.conf by `dnsPolicy` and `dnsConfig` (pkg/kubelet/network/dns). The node itself asks the cluster's DNS too:
 * there is no network beyond the cluster that `Default` could name.
 */
export function resolvConf(pod: Pod, { clusterDns, clusterDomain }: DnsSettings): string {
  const { dnsPolicy = 'ClusterFirst', dnsConfig, hostNetwork } = pod.spec;
  const namespace = pod.metadata.namespace ?? '';
  const isClusterFirst = dnsPolicy === 'ClusterFirstWithHostNet' || (dnsPolicy === 'ClusterFirst' && !hostNetwork);
  const base = {
    nameservers: dnsPolicy === 'None' ? [] : [clusterDns],
    searches: isClusterFirst
      ? [`${namespace}.svc.${clusterDomain}`, `svc.${clusterDomain}`, clusterDomain]
      : ([] as string[]),
    options: isClusterFirst ? ['ndots:5'] : [],
  };
  const options = new Map(base.options.map((o) => [o.split(':')[0] ?? o, o]));
  for (const { name = '', value } of dnsConfig?.options ?? []) options.set(name, value ? `${name}:${value}` : name);
  const searches = [...new Set([...base.searches, ...(dnsConfig?.searches ?? [])])];
  const nameservers = [...new Set([...base.nameservers, ...(dnsConfig?.nameservers ?? [])])];
  return [
    ...(searches.length > 0 ? [`search ${searches.join(' ')}`] : []),
    ...nameservers.map((server) => `nameserver ${server}`),
    ...(options.size > 0 ? [`options ${[...options.values()].join(' ')}`] : []),
    '',
  ].join('\n');
}
