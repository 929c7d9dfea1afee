import type { KubernetesObject } from '../../../../lib/kubernetes/metadata';
import { equalJson } from '../json';

/** Of kinds whose spec is the user's and whose status is the controller's: what is not theirs to write stays as it was. */
interface SpecAndStatus extends KubernetesObject {
  spec?: unknown;
  status?: unknown;
}

/** An update of the object: the status stays, and the generation counts what changes the spec. */
export function keepStatus<T extends SpecAndStatus>(draft: T, old: T): void {
  draft.status = old.status;
  if (!equalJson(draft.spec, old.spec)) draft.metadata.generation = (old.metadata.generation ?? 0) + 1;
}

/** A write of the status: the spec stays. */
export function keepSpec<T extends SpecAndStatus>(draft: T, old: T): void {
  draft.spec = old.spec;
}
