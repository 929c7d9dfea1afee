import type { KubernetesObject } from '../../../../lib/kubernetes/metadata';
import { StatusError } from '../../status';
import { checkEscalation } from '../access/escalation';
import { checkNamespace } from '../admission';
import { kindContext, type Call, type Core } from '../core';
import { alreadyExistsError, badRequest, generateNameError, invalidError, plainError } from '../errors';
import { copyJson } from '../json';
import type { Kind } from '../kinds/kind';
import { checkLimits } from '../limits/check';
import { generatedName } from '../metadata/names';
import { fillSystemFields, orderedObject } from '../metadata/prepare';
import { validateMetadata } from '../metadata/validate';
import { trackCreate } from '../ownership/track';
import { chargeQuotas } from '../quota/charge';
import { storageKey, type Target } from '../registry';

/** How often another name is tried for a generateName that collides (registry/store.go). */
const nameAttempts = 8;

export interface CreateOptions {
  /** Fields are already owned as the caller says: set by server-side apply. */
  isOwned?: boolean;
  /** Looked at before the write, with the final object: what a subresource may not create. */
  check?(object: KubernetesObject): void;
}

/**
 * Creates an object in a namespace ('' for cluster-scoped kinds). The draft has been decoded; it is copied, not changed.
 */
export async function createObject(
  core: Core,
  call: Call,
  kind: Kind,
  namespace: string,
  given: KubernetesObject,
  options: CreateOptions = {},
): Promise<KubernetesObject> {
  const isGenerated = !given.metadata?.name && !!given.metadata?.generateName;
  for (let attempt = 1; ; attempt++) {
    const draft = draftIn(kind, namespace, given);
    if (isGenerated) draft.metadata.name = generatedName(draft.metadata.generateName ?? '', core.ids);
    const target = { kind, namespace, name: draft.metadata.name ?? '' };
    try {
      return await createNamed(core, call, target, draft, options);
    } catch (error) {
      const isTaken = isGenerated && error instanceof StatusError && error.reason === 'AlreadyExists';
      if (!isTaken) throw error;
      if (attempt === nameAttempts) throw generateNameError(kind, target.name);
    }
  }
}

function draftIn(kind: Kind, namespace: string, given: KubernetesObject): KubernetesObject {
  const draft = copyJson(given);
  draft.metadata ??= {};
  const own = draft.metadata.namespace ?? '';
  if (own !== '' && own !== namespace)
    throw badRequest('the namespace of the provided object does not match the namespace sent on the request');
  if (kind.namespaced) draft.metadata.namespace = namespace;
  else delete draft.metadata.namespace;
  return draft;
}

async function createNamed(
  core: Core,
  call: Call,
  target: Target,
  draft: KubernetesObject,
  options: CreateOptions,
): Promise<KubernetesObject> {
  const { kind } = target;
  checkEscalation(core, call.user, target, draft);
  fillSystemFields(core, draft);
  kind.defaults?.(draft);
  if (!options.isOwned) trackCreate(core, call, target, draft);
  checkNamespace(core, target, draft);
  // Upstream notices this only in the storage layer, after validation; nothing is allocated for it here.
  if (draft.metadata.resourceVersion) throw plainError('resourceVersion should not be set on objects to be created');
  const context = kindContext(core, call.user);
  const prepared = kind.prepareCreate?.(draft, context);
  if (prepared) await prepared;
  try {
    const object = orderedObject(target, draft);
    validateCreate(kind, object);
    options.check?.(object);
    checkLimits(core, target, object);
    chargeQuotas(core, call, target, object);
    call.warnings.push(...(kind.warnings?.(object) ?? []));
    return store(core, call, target, object);
  } catch (error) {
    // What was allocated for an object that never came to be goes back.
    kind.released?.(draft, context);
    throw error;
  }
}

function validateCreate(kind: Kind, object: KubernetesObject): void {
  const name = object.metadata.name ?? '';
  const errors = [...validateMetadata(kind, object.metadata), ...(kind.validate?.(object) ?? [])];
  // A refusal names the kind as it is stored.
  if (errors.length > 0) throw invalidError(kind.view?.of ?? kind, name, errors);
}

function store(core: Core, call: Call, target: Target, object: KubernetesObject): KubernetesObject {
  const key = storageKey(target.namespace, target.name);
  // Noticed last, as upstream notices it when storing: what is invalid too is told that it is invalid.
  if (core.storage.get(target.kind.plural, key)) throw taken(core, target);
  if (call.dryRun) {
    target.kind.released?.(object, kindContext(core, call.user));
    return object;
  }
  return core.storage.create(target.kind.plural, key, object);
}

function taken(core: Core, { kind, namespace, name }: Target): StatusError {
  const error = alreadyExistsError(kind, name);
  const existing = core.storage.get(kind.plural, storageKey(namespace, name));
  if (existing?.metadata.deletionTimestamp === undefined) return error;
  return new StatusError(409, 'AlreadyExists', `object is being deleted: ${error.message}`, error.details);
}
