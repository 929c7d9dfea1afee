import type { EndpointSlice } from '../../../../lib/kubernetes/network';
import { equalJson } from '../json';
import { ageColumn, ageOf, fieldColumn, firstThree, nameColumn, nameOf } from './columns';
import type { Kind } from './kind';
import { validateEndpointSlice, validateEndpointSliceUpdate } from './validation/endpoints';
import { validateDnsSubdomain } from './validation/names';

const message = 'k8s.io.api.discovery.v1.EndpointSlice';

export const endpointSliceKind: Kind<EndpointSlice> = {
  group: 'discovery.k8s.io',
  version: 'v1',
  kind: 'EndpointSlice',
  plural: 'endpointslices',
  singular: 'endpointslice',
  namespaced: true,
  message,
  columns: [
    nameColumn,
    fieldColumn('AddressType', message, 'addressType'),
    fieldColumn('Ports', message, 'ports'),
    fieldColumn('Endpoints', message, 'endpoints'),
    ageColumn,
  ],
  row(slice, at) {
    const ports = (slice.ports ?? []).map(({ port, name }) => (port === undefined ? (name ?? '*') : String(port)));
    const addresses = (slice.endpoints ?? []).flatMap((endpoint) => endpoint.addresses);
    return [
      nameOf(slice),
      slice.addressType,
      firstThree(ports, '<unset>'),
      firstThree(addresses, '<unset>'),
      ageOf(slice, at),
    ];
  },
  defaults(draft) {
    // What is stored as protobuf comes back as null, whether it was empty or not there.
    if (!draft.endpoints?.length) draft.endpoints = null;
    if (!draft.ports?.length) draft.ports = null;
    for (const port of draft.ports ?? []) {
      port.name ??= '';
      port.protocol ??= 'TCP';
    }
  },
  prepareCreate(draft) {
    draft.metadata.generation = 1;
  },
  prepareUpdate(draft, old) {
    const counted = ({ metadata, ...rest }: EndpointSlice) => ({ ...rest, labels: metadata.labels ?? {} });
    const isSame = equalJson(counted(draft), counted(old));
    draft.metadata.generation = (old.metadata.generation ?? 0) + (isSame ? 0 : 1);
  },
  validateName: validateDnsSubdomain,
  validate: validateEndpointSlice,
  validateUpdate: (slice, old) => [...validateEndpointSlice(slice), ...validateEndpointSliceUpdate(slice, old)],
  createOnUpdate: true,
};
