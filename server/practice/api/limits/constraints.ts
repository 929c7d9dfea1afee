import { parseQuantity } from '../quantity';

/**
 * What one entry of a LimitRange says of one pod, container or claim: a sentence when it is not kept (minConstraint and those
 * beside it in plugin/pkg/admission/limitranger/admission.go). Amounts are quantities as they are written.
 */
export interface Constraint {
  /** `Container`, as the sentence names it. */
  type: string;
  /** `cpu` */
  resource: string;
  enforced: string;
  request: string | undefined;
  limit: string | undefined;
}

export function minimumProblem({ type, resource, enforced, request, limit }: Constraint): string | undefined {
  const rule = `minimum ${resource} usage per ${type} is ${enforced}`;
  if (request === undefined) return `${rule}.  No request is specified`;
  if (nanos(request) < nanos(enforced)) return `${rule}, but request is ${request}`;
  return limit !== undefined && nanos(limit) < nanos(enforced) ? `${rule}, but limit is ${limit}` : undefined;
}

export function maximumProblem({ type, resource, enforced, request, limit }: Constraint): string | undefined {
  const rule = `maximum ${resource} usage per ${type} is ${enforced}`;
  if (limit === undefined) return `${rule}.  No limit is specified`;
  if (nanos(limit) > nanos(enforced)) return `${rule}, but limit is ${limit}`;
  return request !== undefined && nanos(request) > nanos(enforced) ? `${rule}, but request is ${request}` : undefined;
}

/** Of claims, whose limits say nothing. */
export function maximumRequestProblem({ type, resource, enforced, request }: Constraint): string | undefined {
  const rule = `maximum ${resource} usage per ${type} is ${enforced}`;
  if (request === undefined) return `${rule}.  No request is specified`;
  return nanos(request) > nanos(enforced) ? `${rule}, but request is ${request}` : undefined;
}

export function ratioProblem({ type, resource, enforced, request, limit }: Constraint): string | undefined {
  const rule = `${resource} max limit to request ratio per ${type} is ${enforced}`;
  if (nanos(request) === 0n) return `${rule}, but no request is specified or request is 0`;
  if (nanos(limit) === 0n) return `${rule}, but no limit is specified or limit is 0`;
  const ratio = Number(nanos(limit)) / Number(nanos(request));
  const isOver = ratio > Number(nanos(enforced)) / 1e9;
  return isOver ? `${rule}, but provided ratio is ${ratio.toFixed(6)}` : undefined;
}

const nanos = (text: string | undefined) => parseQuantity(text)?.nanos ?? 0n;
