import type { Pod } from '../../../../lib/kubernetes/pod';

/** A pod's own name: `spec.hostname` or its name, cut to the 63 characters a label may have. */
export function hostnameOf(pod: Pod): string {
  const name = pod.spec.hostname || pod.metadata.name || '';
  return name.length > 63 ? name.slice(0, 63).replace(/[-.]+$/, '') : name;
}

/** The pod's full domain name when it has a subdomain (`web-0.nginx.default.svc.cluster.local`). */
export function domainNameOf(pod: Pod, clusterDomain: string): string | undefined {
  const { subdomain } = pod.spec;
  if (!subdomain) return undefined;
  return `${hostnameOf(pod)}.${subdomain}.${pod.metadata.namespace ?? ''}.svc.${clusterDomain}`;
}

/** /etc/hosts as the kubelet writes it (pkg/kubelet/kubelet_pods.go managedHostsFileContent). */
export function hostsFile(pod: Pod, ip: string, clusterDomain: string): string {
  const host = hostnameOf(pod);
  const domainName = domainNameOf(pod, clusterDomain);
  const lines = [
    '# Kubernetes-managed hosts file.',
    '127.0.0.1\tlocalhost',
    '::1\tlocalhost ip6-localhost ip6-loopback',
    'fe00::0\tip6-localnet',
    'fe00::0\tip6-mcastprefix',
    'fe00::1\tip6-allnodes',
    'fe00::2\tip6-allrouters',
    domainName ? `${ip}\t${domainName}\t${host}` : `${ip}\t${host}`,
  ];
  const aliases = (pod.spec.hostAliases ?? []).map(({ ip: alias, hostnames = [] }) => [alias, ...hostnames].join('\t'));
  if (aliases.length > 0) lines.push('', '# Entries added by HostAliases.', ...aliases);
  return `${lines.join('\n')}\n`;
}
