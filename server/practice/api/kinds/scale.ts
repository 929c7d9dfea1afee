import { scaleKind, type Scale } from '../operations/scale';
import { ageColumn, ageOf, fieldColumn, nameColumn, nameOf } from './columns';
import type { Kind } from './kind';

/** How a Scale is shown in a table (`kubectl get sts web --subresource=scale`). It is never stored, so it is no kind that is served. */
export const scaleTable: Kind<Scale> = {
  ...scaleKind,
  singular: 'scale',
  namespaced: true,
  columns: [
    nameColumn,
    fieldColumn('Desired', 'k8s.io.api.autoscaling.v1.ScaleSpec', 'replicas', { type: 'integer' }),
    fieldColumn('Available', 'k8s.io.api.autoscaling.v1.ScaleStatus', 'replicas', { type: 'integer' }),
    ageColumn,
  ],
  row: (scale, at) => [nameOf(scale), scale.spec?.replicas ?? 0, scale.status?.replicas ?? 0, ageOf(scale, at)],
};
