import type { Pod } from '../../../../lib/kubernetes/pod';

/** The value behind a downward API `fieldPath`, or undefined when there is no such field. */
export function fieldValue(pod: Pod, path: string): string | undefined {
  const { metadata, spec, status } = pod;
  const subscript = /^(metadata\.(?:labels|annotations))\['(.*)'\]$/.exec(path);
  if (subscript) {
    const map = subscript[1] === 'metadata.labels' ? metadata.labels : metadata.annotations;
    return map?.[subscript[2] ?? ''] ?? '';
  }
  const fields: Record<string, () => string> = {
    'metadata.name': () => metadata.name ?? '',
    'metadata.namespace': () => metadata.namespace ?? '',
    'metadata.uid': () => metadata.uid ?? '',
    'metadata.labels': () => mapText(metadata.labels),
    'metadata.annotations': () => mapText(metadata.annotations),
    'spec.nodeName': () => spec.nodeName ?? '',
    'spec.serviceAccountName': () => spec.serviceAccountName ?? '',
    'status.hostIP': () => status.hostIP ?? '',
    'status.hostIPs': () => (status.hostIPs ?? []).map(({ ip }) => ip).join(','),
    'status.podIP': () => status.podIP ?? '',
    'status.podIPs': () => (status.podIPs ?? []).map(({ ip }) => ip).join(','),
  };
  return fields[path]?.();
}

/** Labels and annotations as a file shows them: one `key="value"` a line, sorted. */
function mapText(map: Record<string, string> = {}): string {
  return Object.keys(map)
    .sort()
    .map((key) => `${key}=${JSON.stringify(map[key])}`)
    .join('\n');
}
