import type { ControllerRevision } from '../../../../../lib/kubernetes/statefulSet';
import { required, type FieldError } from '../../fieldError';
import { isJsonObject } from '../../json';
import { immutable, nonNegative } from './fields';

/** pkg/apis/apps/validation: ValidateControllerRevisionCreate and -Update. */
export function validateControllerRevision(revision: ControllerRevision): FieldError[] {
  const errors = nonNegative('revision', revision.revision);
  if (revision.data === undefined || revision.data === null) return [...errors, required('data', 'data is mandatory')];
  return isJsonObject(revision.data) ? errors : [...errors, required('data', 'data must be a valid JSON object')];
}

export function validateControllerRevisionUpdate(revision: ControllerRevision, old: ControllerRevision): FieldError[] {
  return immutable('data', revision.data, old.data);
}
