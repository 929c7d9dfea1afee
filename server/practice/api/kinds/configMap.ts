import type { ConfigMap } from '../../../../lib/kubernetes/cluster';
import { ageColumn, ageOf, fieldColumn, nameColumn, nameOf } from './columns';
import type { Kind } from './kind';
import { validateConfigMap, validateConfigMapUpdate } from './validation/data';
import { validateDnsSubdomain } from './validation/names';

const message = 'k8s.io.api.core.v1.ConfigMap';

export const configMapKind: Kind<ConfigMap> = {
  group: '',
  version: 'v1',
  kind: 'ConfigMap',
  plural: 'configmaps',
  singular: 'configmap',
  shortNames: ['cm'],
  namespaced: true,
  message,
  columns: [nameColumn, fieldColumn('Data', message, 'data'), ageColumn],
  row: (map, at) => [
    nameOf(map),
    Object.keys(map.data ?? {}).length + Object.keys(map.binaryData ?? {}).length,
    ageOf(map, at),
  ],
  validateName: validateDnsSubdomain,
  validate: validateConfigMap,
  validateUpdate: (map, old) => [...validateConfigMapUpdate(map, old), ...validateConfigMap(map)],
  createOnUpdate: false,
};
