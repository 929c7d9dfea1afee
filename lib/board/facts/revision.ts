import { controllerOf } from '../../kubernetes/metadata';
import type { ControllerRevision } from '../../kubernetes/statefulSet';
import type { RevisionFacts } from './facts';
import { identityOf, timeOf } from './identity';
import { shared } from './shared';

export function revisionFacts(revision: ControllerRevision): RevisionFacts {
  return {
    ...identityOf(revision),
    owner: controllerOf(revision.metadata)?.uid ?? '',
    number: revision.revision,
    createdAt: timeOf(revision.metadata.creationTimestamp) ?? 0,
    images: imagesOf(revision.data),
  };
}

/** The data is a patch of the set's template (pkg/controller/statefulset/stateful_set_utils.go, getPatch); read as JSON of anybody. */
function imagesOf(data: unknown): string[] {
  const containers = ['spec', 'template', 'spec', 'containers'].reduce(fieldOf, data);
  if (!Array.isArray(containers)) return [];
  return containers.flatMap((container: unknown) => {
    const image = fieldOf(container, 'image');
    return typeof image === 'string' ? [shared(image)] : [];
  });
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
