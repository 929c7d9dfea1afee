import type { ConfigMap, Secret } from '../../../../lib/kubernetes/cluster';
import type { DownwardFile, KeyToPath, Pod, Volume, VolumeProjection } from '../../../../lib/kubernetes/pod';
import type { RenderedFiles } from '../../filesystem/renderedVolume';
import { fieldValue } from '../environment/fieldPath';
import { resourceFieldValue } from '../environment/resourceField';
import type { EnvironmentSources } from '../environment/environment';

export type Files = RenderedFiles;

/** A volume's content cannot be made yet; the message is that of the FailedMount event. */
export class MountError extends Error {
  override name = 'MountError';
}

export type RenderSources = Pick<EnvironmentSources, 'configMap' | 'secret' | 'allocatable'> & {
  /** The token files of this volume, by path, minted beforehand. */
  tokens: ReadonlyMap<string, Uint8Array>;
};

const defaultMode = 0o644;

/** The files of a configMap, secret, downwardAPI or projected volume. Throws `MountError`. */
export function renderVolume(pod: Pod, volume: Volume, sources: RenderSources): Files {
  const { configMap, secret, downwardAPI, projected } = volume;
  if (configMap) return configMapFiles(pod, configMap, configMap.defaultMode ?? defaultMode, sources);
  if (secret)
    return secretFiles(pod, { ...secret, name: secret.secretName }, secret.defaultMode ?? defaultMode, sources);
  if (downwardAPI) return downwardFiles(pod, downwardAPI.items ?? [], downwardAPI.defaultMode ?? defaultMode, sources);
  const files: Files = new Map();
  const mode = projected?.defaultMode ?? defaultMode;
  for (const projection of projected?.sources ?? [])
    for (const [path, file] of projectedFiles(pod, projection, mode, sources)) files.set(path, file);
  return files;
}

/** Whether `renderVolume` makes this volume's content. */
export function isRendered(volume: Volume): boolean {
  return (volume.configMap ?? volume.secret ?? volume.downwardAPI ?? volume.projected) !== undefined;
}

function projectedFiles(pod: Pod, projection: VolumeProjection, mode: number, sources: RenderSources): Files {
  const { configMap, secret, downwardAPI, serviceAccountToken } = projection;
  if (configMap) return configMapFiles(pod, configMap, mode, sources);
  if (secret) return secretFiles(pod, secret, mode, sources);
  if (downwardAPI) return downwardFiles(pod, downwardAPI.items ?? [], mode, sources);
  if (!serviceAccountToken) return new Map();
  const bytes = sources.tokens.get(serviceAccountToken.path) ?? new Uint8Array(0);
  return new Map([[serviceAccountToken.path, { bytes, ...tokenRights(pod, mode) }]]);
}

const encoder = new TextEncoder();

/** In memory of their own: a small Buffer is a piece of 8 KiB, all of which stays as long as the pod that keeps the piece. */
export function bytesOf(text: string): Uint8Array {
  return encoder.encode(text);
}

/** A token belongs to the pod's one user alone, or to its fsGroup, which opens it to the group (pkg/volume/projected collectData). */
function tokenRights(pod: Pod, mode: number): { mode: number; uid?: number } {
  const uid = onlyUser(pod);
  if (uid === undefined && pod.spec.securityContext?.fsGroup === undefined) return { mode };
  return { mode: 0o600, ...(uid === undefined ? {} : { uid }) };
}

/** FsUserFrom of pkg/volume/util: the user that all containers of a pod are told to run as. */
function onlyUser({ spec }: Pod): number | undefined {
  const all = [...(spec.initContainers ?? []), ...spec.containers, ...(spec.ephemeralContainers ?? [])];
  const users = new Set(all.map((c) => c.securityContext?.runAsUser ?? spec.securityContext?.runAsUser));
  return users.size === 1 ? [...users][0] : undefined;
}

interface NamedSource {
  name?: string;
  optional?: boolean;
  items?: KeyToPath[];
}

function configMapFiles(pod: Pod, source: NamedSource, mode: number, sources: RenderSources): Files {
  const map = sources.configMap(source.name ?? '');
  if (!map && !source.optional) throw new MountError(`configmap "${source.name}" not found`);
  const kind = `configmap references non-existent config key`;
  return pick(configMapEntries(map), source, mode, kind);
}

function secretFiles(pod: Pod, source: NamedSource, mode: number, sources: RenderSources): Files {
  const secret = sources.secret(source.name ?? '');
  if (!secret && !source.optional) throw new MountError(`secret "${source.name}" not found`);
  return pick(secretEntries(secret), source, mode, `references non-existent secret key`);
}

/** Every pod of a namespace mounts its kube-root-ca.crt: they share the bytes. */
const entriesOf = new WeakMap<ConfigMap | Secret, Map<string, Uint8Array>>();

function shared<T extends ConfigMap | Secret>(object: T | undefined, read: (object: T) => [string, Uint8Array][]) {
  if (!object) return new Map<string, Uint8Array>();
  const known = entriesOf.get(object);
  const entries = known ?? new Map(read(object));
  if (!known) entriesOf.set(object, entries);
  return entries;
}

function configMapEntries(map: ConfigMap | undefined): Map<string, Uint8Array> {
  return shared(map, ({ data = {}, binaryData }) => [
    ...Object.entries(data).map(([key, value]): [string, Uint8Array] => [key, Buffer.from(value)]),
    ...binary(binaryData),
  ]);
}

function secretEntries(secret: Secret | undefined): Map<string, Uint8Array> {
  return shared(secret, ({ data }) => binary(data));
}

function binary(data: Record<string, string> = {}): [string, Uint8Array][] {
  return Object.entries(data).map(([key, value]) => [key, Buffer.from(value, 'base64')]);
}

function pick(entries: Map<string, Uint8Array>, source: NamedSource, mode: number, missing: string): Files {
  const files: Files = new Map();
  const items = source.items ?? [...entries.keys()].map((key): KeyToPath => ({ key, path: key }));
  for (const item of items) {
    const bytes = entries.get(item.key);
    if (bytes) files.set(item.path, { bytes, mode: item.mode ?? mode });
    else if (!source.optional) throw new MountError(`${missing}: ${item.key}`);
  }
  return files;
}

function downwardFiles(pod: Pod, items: DownwardFile[], mode: number, { allocatable }: RenderSources): Files {
  return new Map(
    items.map((item) => {
      const bytes = bytesOf(downwardValue(pod, item, allocatable));
      return [item.path, { bytes, mode: item.mode ?? mode }];
    }),
  );
}

function downwardValue(pod: Pod, item: DownwardFile, allocatable: Record<string, string>): string {
  if (item.fieldRef) return fieldValue(pod, item.fieldRef.fieldPath) ?? '';
  const reference = item.resourceFieldRef;
  const container = pod.spec.containers.find((c) => c.name === reference?.containerName);
  return reference && container
    ? resourceFieldValue(container, reference.resource, reference.divisor, allocatable)
    : '';
}
