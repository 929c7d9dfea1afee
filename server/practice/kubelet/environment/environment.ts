import type { ConfigMap, Secret } from '../../../../lib/kubernetes/cluster';
import type { Service } from '../../../../lib/kubernetes/network';
import type { Container, EnvironmentVariable, Pod } from '../../../../lib/kubernetes/pod';
import { expand } from './expansion';
import { fieldValue } from './fieldPath';
import { resourceFieldValue } from './resourceField';
import { serviceVariables } from './serviceVariables';

export interface EnvironmentSources {
  configMap(name: string): ConfigMap | undefined;
  secret(name: string): Secret | undefined;
  services: readonly Service[];
  allocatable: Record<string, string>;
}

/** The container cannot be made until a ConfigMap or Secret is there: CreateContainerConfigError. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

/**
 * What a container's processes find in their environment, in order (pkg/kubelet/kubelet_pods.go
 * makeEnvironmentVariables): `envFrom`, `env` with `$(NAME)` expanded, then Services' variables not set by hand.
 * Throws `ConfigError`.
 */
export function environmentOf(pod: Pod, container: Container, sources: EnvironmentSources): Map<string, string> {
  const result = new Map<string, string>();
  const known = new Map(serviceVariables(sources.services));
  for (const source of container.envFrom ?? [])
    for (const [key, value] of envFromValues(source, pod, sources)) result.set(`${source.prefix ?? ''}${key}`, value);
  for (const [name, value] of result) known.set(name, value);
  for (const variable of container.env ?? []) {
    const value = valueOf(variable, pod, container, sources, known);
    if (value === undefined) continue;
    result.set(variable.name, value);
    known.set(variable.name, value);
  }
  for (const [name, value] of serviceVariables(sources.services)) if (!result.has(name)) result.set(name, value);
  return result;
}

type EnvFrom = NonNullable<Container['envFrom']>[number];

function envFromValues(source: EnvFrom, pod: Pod, sources: EnvironmentSources): [string, string][] {
  const { configMapRef, secretRef } = source;
  if (configMapRef) {
    const map = sources.configMap(configMapRef.name ?? '');
    if (!map && !configMapRef.optional) throw new ConfigError(`configmap "${configMapRef.name}" not found`);
    return Object.entries(map?.data ?? {});
  }
  if (!secretRef) return [];
  const secret = sources.secret(secretRef.name ?? '');
  if (!secret && !secretRef.optional) throw new ConfigError(`secret "${secretRef.name}" not found`);
  return Object.entries(secret?.data ?? {}).map(([key, value]) => [key, decoded(value)]);
}

function valueOf(
  variable: EnvironmentVariable,
  pod: Pod,
  container: Container,
  sources: EnvironmentSources,
  known: ReadonlyMap<string, string>,
): string | undefined {
  const from = variable.valueFrom;
  if (!from) return expand(variable.value ?? '', known);
  if (from.fieldRef) return fieldValue(pod, from.fieldRef.fieldPath);
  if (from.resourceFieldRef) {
    const { containerName, resource, divisor } = from.resourceFieldRef;
    const target = pod.spec.containers.find((c) => c.name === containerName) ?? container;
    return resourceFieldValue(target, resource, divisor, sources.allocatable);
  }
  const namespace = pod.metadata.namespace ?? '';
  if (from.configMapKeyRef) {
    const { name = '', key, optional } = from.configMapKeyRef;
    const map = sources.configMap(name);
    if (!map && !optional) throw new ConfigError(`configmap "${name}" not found`);
    const value = map?.data?.[key];
    if (value === undefined && !optional)
      throw new ConfigError(`couldn't find key ${key} in ConfigMap ${namespace}/${name}`);
    return value;
  }
  if (!from.secretKeyRef) return undefined;
  const { name = '', key, optional } = from.secretKeyRef;
  const secret = sources.secret(name);
  if (!secret && !optional) throw new ConfigError(`secret "${name}" not found`);
  const value = secret?.data?.[key];
  if (value === undefined && !optional)
    throw new ConfigError(`couldn't find key ${key} in Secret ${namespace}/${name}`);
  return value === undefined ? undefined : decoded(value);
}

function decoded(base64: string): string {
  return Buffer.from(base64, 'base64').toString('utf8');
}
