import type { VolumeMount } from '../../../../lib/kubernetes/pod';
import { ConfigError } from '../environment/environment';
import { expand, namesIn } from '../environment/expansion';

/**
 * The part of a volume that a mount shows (makeMounts of pkg/kubelet/kubelet_pods.go); empty for all of it. Throws `ConfigError` where
 * the environment leads nowhere or out of the volume: the container is not made until it does.
 */
export function subPathOf({ subPath = '', subPathExpr }: VolumeMount, env: ReadonlyMap<string, string>): string {
  const path = subPathExpr ? expanded(subPathExpr, env) : subPath;
  if (path.startsWith('/')) throw new ConfigError(`error SubPath \`${path}\` must not be an absolute path`);
  if (path.split('/').includes('..'))
    throw new ConfigError(`unable to provision SubPath \`${path}\`: must not contain '..'`);
  return path;
}

function expanded(expression: string, env: ReadonlyMap<string, string>): string {
  const missing = namesIn(expression).filter((name) => !env.get(name));
  if (missing.length > 0) throw new ConfigError(`missing value for ${[...new Set(missing)].sort().join(', ')}`);
  return expand(expression, env);
}
