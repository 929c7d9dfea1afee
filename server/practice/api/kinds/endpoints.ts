import type { Endpoints } from '../../../../lib/kubernetes/network';
import { ageColumn, ageOf, fieldColumn, firstThree, nameColumn, nameOf } from './columns';
import type { Kind } from './kind';
import { validateEndpoints } from './validation/endpoints';
import { validateDnsSubdomain } from './validation/names';

export const endpointsKind: Kind<Endpoints> = {
  group: '',
  version: 'v1',
  kind: 'Endpoints',
  plural: 'endpoints',
  singular: 'endpoints',
  shortNames: ['ep'],
  namespaced: true,
  message: 'k8s.io.api.core.v1.Endpoints',
  columns: [nameColumn, fieldColumn('Endpoints', 'k8s.io.api.core.v1.Endpoints', 'subsets'), ageColumn],
  row: (endpoints, at) => [nameOf(endpoints), firstThree(addressesOf(endpoints), '<none>'), ageOf(endpoints, at)],
  defaults(draft) {
    for (const subset of draft.subsets ?? []) for (const port of subset.ports ?? []) port.protocol ||= 'TCP';
  },
  validateName: validateDnsSubdomain,
  validate: validateEndpoints,
  validateUpdate: validateEndpoints,
  deprecated: 'v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice',
  createOnUpdate: true,
};

function addressesOf(endpoints: Endpoints): string[] {
  return (endpoints.subsets ?? []).flatMap(({ addresses = [], ports = [] }) =>
    ports.length === 0
      ? addresses.map((address) => address.ip)
      : ports.flatMap((port) => addresses.map((address) => joinHostPort(address.ip, port.port))),
  );
}

function joinHostPort(host: string, port: number): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}
