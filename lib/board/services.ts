import type { SliceFacts } from './facts/facts';
import type { EndpointView, ServiceView } from './model';
import type { NamespaceSnapshot } from './snapshot';

export function serviceViews(snapshot: NamespaceSnapshot): ServiceView[] {
  const slices = new Map<string, SliceFacts[]>();
  for (const slice of snapshot.slices.values()) {
    const list = slices.get(slice.service);
    if (list) list.push(slice);
    else slices.set(slice.service, [slice]);
  }
  return [...snapshot.services.values()]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map((service) => {
      const own = slices.get(service.name) ?? [];
      return { ...service.view, ready: gather(own, 'ready'), notReady: gather(own, 'notReady') };
    });
}

/** While a controller moves an endpoint between slices it may be in two of them. */
function gather(slices: readonly SliceFacts[], which: 'ready' | 'notReady'): EndpointView[] {
  const byAddress = new Map<string, EndpointView>();
  for (const slice of slices) for (const endpoint of slice[which]) byAddress.set(endpoint.ip, endpoint);
  return [...byAddress.values()].sort((a, b) => (a.pod < b.pod ? -1 : a.pod > b.pod ? 1 : a.ip < b.ip ? -1 : 1));
}
