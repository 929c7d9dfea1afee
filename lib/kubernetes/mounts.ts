import { volumeSource, type PodSpec, type Volume } from './pod';

/** What a container has at a path: a claim's volume, or one of another source (`emptyDir`, `nfs`) and where that lies, if it says so. */
export interface Mount {
  path: string;
  volume: string;
  claim?: string;
  source?: string;
  at?: string;
  readOnly: boolean;
}

type Spec = Pick<PodSpec, 'containers' | 'volumes'>;

export function mountsOf({ containers, volumes = [] }: Spec, containerName: string): Mount[] {
  const container = containers.find((candidate) => candidate.name === containerName);
  return (container?.volumeMounts ?? []).map(({ name, mountPath, readOnly }) => {
    const volume = volumes.find((candidate) => candidate.name === name);
    const isReadOnly = readOnly === true || volume?.persistentVolumeClaim?.readOnly === true;
    return { path: mountPath, volume: name, ...(volume && fromWhere(volume)), readOnly: isReadOnly };
  });
}

function fromWhere(volume: Volume): Pick<Mount, 'claim' | 'source' | 'at'> {
  const claim = claimOf(volume);
  return claim === undefined ? volumeSource(volume) : { claim };
}

/** The claims that a pod, or a template of pods, names. */
export function claimsOf(spec: { volumes?: Volume[] }): string[] {
  return (spec.volumes ?? []).flatMap((volume) => claimOf(volume) ?? []);
}

function claimOf(volume: Volume): string | undefined {
  return volume.persistentVolumeClaim?.claimName;
}
