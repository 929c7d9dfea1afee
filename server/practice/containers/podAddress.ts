import type { PodAddress } from '../network/network';
import type { SandboxOptions } from './runtime';

/** Reads what the kubelet wrote into /etc/hosts and /etc/resolv.conf, when a name is first looked up: most pods never do. */
export function podAddressOf(options: SandboxOptions): PodAddress {
  return new WrittenAddress(options);
}

class WrittenAddress implements PodAddress {
  private read: Pick<PodAddress, 'resolver' | 'hosts'> | undefined;

  constructor(private readonly options: SandboxOptions) {}

  get ip(): string {
    return this.options.ip;
  }

  get hostname(): string {
    return this.options.hostname;
  }

  get nodeName(): string {
    return this.options.nodeName;
  }

  get resolver(): PodAddress['resolver'] {
    return this.files().resolver;
  }

  get hosts(): PodAddress['hosts'] {
    return this.files().hosts;
  }

  private files() {
    const { resolvConf, hosts } = this.options;
    return (this.read ??= { resolver: resolverOf(resolvConf), hosts: hostsOf(hosts) });
  }
}

function resolverOf(text: string): PodAddress['resolver'] {
  const resolver = { nameservers: [] as string[], searches: [] as string[], ndots: 1 };
  for (const words of linesOf(text)) {
    const [key, ...values] = words;
    if (key === 'nameserver' && values[0] !== undefined) resolver.nameservers.push(values[0]);
    if (key === 'search') resolver.searches = values;
    const ndots = key === 'options' ? values.find((value) => value.startsWith('ndots:')) : undefined;
    if (ndots) resolver.ndots = Number(ndots.slice('ndots:'.length));
  }
  return resolver;
}

function hostsOf(text: string): Map<string, string[]> {
  const hosts = new Map<string, string[]>();
  for (const [ip, ...names] of linesOf(text)) {
    if (ip === undefined) continue;
    for (const name of names) hosts.set(name, [...(hosts.get(name) ?? []), ip]);
  }
  return hosts;
}

function linesOf(text: string): string[][] {
  return text
    .split('\n')
    .map((line) => line.replace(/#.*/, '').trim())
    .filter((line) => line !== '')
    .map((line) => line.split(/\s+/));
}
