/** How a name in the cluster's zone is read (coredns plugin/kubernetes/parse.go). All names are lower case. */
export interface ParsedName {
  kind: 'svc' | 'pod';
  namespace?: string;
  service?: string;
  /** `web-0` in `web-0.nginx.default.svc` */
  endpoint?: string;
  /** `http` in `_http._tcp.nginx.default.svc` */
  port?: string;
  protocol?: string;
}

/** What stands before the domain; undefined when the name is not below it. */
export function baseOf(name: string, domain: string): string | undefined {
  if (name === domain) return '';
  return name.endsWith(`.${domain}`) ? name.slice(0, -domain.length - 1) : undefined;
}

/** Undefined: no such shape of name. Without a namespace it is the zone itself, `svc` or `pod`: they exist, empty. */
export function parseName(base: string): ParsedName | undefined {
  const labels = base === '' ? [] : base.split('.');
  const kind = labels.pop() ?? 'svc';
  if (kind !== 'svc' && kind !== 'pod') return undefined;
  const namespace = labels.pop();
  const service = labels.pop();
  const last = labels.pop();
  if (last === undefined) return { kind, namespace, service };
  const first = labels.pop();
  if (first === undefined) return { kind, namespace, service, endpoint: last };
  if (labels.length > 0) return undefined;
  return { kind, namespace, service, port: withoutUnderscore(first), protocol: withoutUnderscore(last) };
}

function withoutUnderscore(label: string): string {
  return label.startsWith('_') ? label.slice(1) : label;
}

/** `10.0.0.4` of `4.0.0.10.in-addr.arpa`; undefined for anything shorter or longer. */
export function reversedAddress(name: string): string | undefined {
  const found = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.in-addr\.arpa$/.exec(name);
  return found ? found.slice(1).reverse().join('.') : undefined;
}
