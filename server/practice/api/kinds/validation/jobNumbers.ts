import type { JobSpec } from '../../../../../lib/kubernetes/batch';
import { invalid, notSupported, required, type FieldError } from '../../fieldError';

const most = { parallelism: 100_000, failedIndexes: 100_000 };
/** Above so many completions the rest is bounded more narrowly, so that the status stays small. */
const many = 100_000;
const whenMany = { parallelism: 10_000, failedIndexes: 10_000 };

/** What goes with Indexed, and what goes only with it (validateJobSpec of pkg/apis/batch/validation). */
export function indexErrors(spec: JobSpec): FieldError[] {
  const { completionMode: mode, completions, parallelism = 0, maxFailedIndexes: failed } = spec;
  if (mode !== undefined && mode !== 'NonIndexed' && mode !== 'Indexed')
    return [notSupported('spec.completionMode', mode, ['NonIndexed', 'Indexed'])];
  if (mode !== 'Indexed')
    return (['backoffLimitPerIndex', 'maxFailedIndexes'] as const).flatMap((name) =>
      spec[name] === undefined ? [] : [invalid(`spec.${name}`, spec[name], 'requires indexed completion mode')],
    );
  const errors: FieldError[] = [];
  if (completions === undefined) errors.push(required('spec.completions', 'when completion mode is Indexed'));
  if (parallelism > most.parallelism) {
    const why = `must be less than or equal to ${most.parallelism} when completion mode is Indexed`;
    errors.push(invalid('spec.parallelism', parallelism, why));
  }
  if (completions !== undefined && failed !== undefined && failed > completions)
    errors.push(invalid('spec.maxFailedIndexes', failed, 'must be less than or equal to completions'));
  if (failed !== undefined && failed > most.failedIndexes)
    errors.push(invalid('spec.maxFailedIndexes', failed, `must be less than or equal to ${most.failedIndexes}`));
  return [...errors, ...manyErrors(spec)];
}

function manyErrors({
  completions = 0,
  backoffLimitPerIndex,
  maxFailedIndexes,
  parallelism = 0,
}: JobSpec): FieldError[] {
  if (completions <= many || backoffLimitPerIndex === undefined) return [];
  const errors: FieldError[] = [];
  const bound = (limit: number) =>
    `must be less than or equal to ${limit} when completions are above ${many} and used with backoff limit per index`;
  if (maxFailedIndexes === undefined)
    errors.push(required('spec.maxFailedIndexes', `must be specified when completions is above ${many}`));
  if (parallelism > whenMany.parallelism)
    errors.push(invalid('spec.parallelism', parallelism, bound(whenMany.parallelism)));
  if (maxFailedIndexes !== undefined && maxFailedIndexes > whenMany.failedIndexes)
    errors.push(invalid('spec.maxFailedIndexes', maxFailedIndexes, bound(whenMany.failedIndexes)));
  return errors;
}

export function replacementErrors({ podReplacementPolicy: policy, podFailurePolicy }: JobSpec): FieldError[] {
  if (policy === undefined) return [];
  const supported = podFailurePolicy ? ['Failed'] : ['Failed', 'TerminatingOrFailed'];
  return supported.includes(policy) ? [] : [notSupported('spec.podReplacementPolicy', policy, supported)];
}

/** `0,2-4` taken apart; a sentence for a text that is none, or names an index that there is not (validateIndexesFormat). */
export function parseIndexes(text: string, completions: number): { total: number } | { problem: string } {
  let last = -1;
  let total = 0;
  if (text === '') return { total };
  for (const part of text.split(',')) {
    const ends = part.split('-');
    if (ends.length > 2) {
      const rule = "violates the requirement that an index interval can have at most two parts separated by '-'";
      return { problem: `the fragment ${JSON.stringify(part)} ${rule}` };
    }
    for (const end of ends) {
      if (!/^[+-]?\d+$/.test(end))
        return { problem: `cannot convert string to integer for index: ${JSON.stringify(end)}` };
      if (Number(end) >= completions) return { problem: `too large index: ${JSON.stringify(end)}` };
    }
    const [first, end = first] = ends.map(Number) as [number, number?];
    const order = (previous: number, current: number) =>
      `non-increasing order, previous: ${previous}, current: ${current}`;
    if (ends.length === 2 && first >= end) return { problem: order(first, end) };
    if (last >= first && total > 0) return { problem: order(last, first) };
    total += end - first + 1;
    last = end;
  }
  return { total };
}
