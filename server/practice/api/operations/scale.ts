import type { KubernetesObject } from '../../../../lib/kubernetes/metadata';
import type { Call, Core } from '../core';
import { conflictError, invalidError, notFoundError, staleObject } from '../errors';
import { invalid } from '../fieldError';
import type { ScaleFacts } from '../kinds/kind';
import { managersAfterScale, scaleManagers } from '../ownership/scaleManagers';
import { trackUpdate } from '../ownership/track';
import type { Target } from '../registry';
import { getObject } from './get';
import { checkIdentity, updateObject } from './update';

/** `autoscaling/v1` Scale: the replicas of anything that has some, without knowing what it is. */
export interface Scale extends KubernetesObject {
  spec?: { replicas?: number };
  status?: { replicas: number; selector?: string };
}

export const scaleKind = {
  group: 'autoscaling',
  version: 'v1',
  kind: 'Scale',
  plural: 'scales',
  message: 'k8s.io.api.autoscaling.v1.Scale',
};

export function getScale(core: Core, target: Target): Scale {
  return scaleOf(factsOf(target), getObject(core, target));
}

/** PUT: a resourceVersion, if there is one, must be the object's; replicas may not be negative. */
export function putScale(core: Core, call: Call, target: Target, scale: Scale): Scale {
  return changeScale(core, call, target, () => scale);
}

/** PATCH: `patched` is given the present Scale and returns the wanted one. */
export function changeScale(core: Core, call: Call, target: Target, patched: (old: Scale) => KubernetesObject): Scale {
  const facts = factsOf(target);
  const object = updateObject(core, call, target, {
    subresource: 'scale',
    isPatch: true,
    isOwned: true,
    produce: (old) => scaled(core, call, target, old, patched),
  });
  return scaleOf(facts, object);
}

/** The object with what the Scale says, owned by who wrote the Scale. */
function scaled(
  core: Core,
  call: Call,
  target: Target,
  old: KubernetesObject,
  patched: (old: Scale) => KubernetesObject,
): KubernetesObject {
  const facts = factsOf(target);
  const present = scaleOf(facts, old);
  const owners = scaleManagers(target.kind, scaleKind, old.metadata.managedFields);
  if (owners.length > 0) present.metadata.managedFields = owners;
  const wanted: Scale = patched(present);
  const draft = facts.withReplicas(old, checkedReplicas(target, old, wanted));
  trackUpdate(core, call, scaleKind, wanted, present, 'scale');
  draft.metadata.managedFields = managersAfterScale(
    target.kind,
    old.metadata.managedFields,
    wanted.metadata.managedFields,
  );
  return draft;
}

function factsOf({ kind, name }: Target): ScaleFacts<KubernetesObject> {
  const facts = kind.subresources?.scale;
  if (!facts) throw notFoundError(kind, name);
  return facts;
}

function scaleOf(facts: ScaleFacts<KubernetesObject>, object: KubernetesObject): Scale {
  const { name, namespace, uid, resourceVersion, creationTimestamp } = object.metadata;
  const selector = facts.selector(object);
  const replicas = facts.replicas(object);
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: { name, ...(namespace ? { namespace } : {}), uid, resourceVersion, creationTimestamp },
    // Go leaves out a zero here.
    spec: replicas === 0 ? {} : { replicas },
    status: { replicas: facts.statusReplicas(object), ...(selector === '' ? {} : { selector }) },
  };
}

function checkedReplicas(target: Target, old: KubernetesObject, wanted: Scale): number {
  checkIdentity(target, wanted);
  const { resourceVersion, uid } = wanted.metadata;
  if (resourceVersion && resourceVersion !== old.metadata.resourceVersion)
    throw conflictError(target.kind, target.name, staleObject);
  if (uid && uid !== old.metadata.uid)
    throw conflictError(
      target.kind,
      target.name,
      `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${old.metadata.uid ?? ''}`,
    );
  const replicas = wanted.spec?.replicas ?? 0;
  if (replicas >= 0) return replicas;
  throw invalidError(scaleKind, target.name, [
    invalid('spec.replicas', replicas, 'must be greater than or equal to 0'),
  ]);
}
