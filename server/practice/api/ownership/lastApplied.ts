import type { KubernetesObject } from '../../../../lib/kubernetes/metadata';
import { goJson } from '../../goJson';
import type { Core } from '../core';
import { isJsonObject, type JsonObject } from '../json';
import type { Kind } from '../kinds/kind';
import { apiVersionOf } from '../registry';
import { fieldsOf } from './config';
import { FieldSet } from './fieldSet';
import { compared, nodeTypes } from './track';

const annotation = 'kubectl.kubernetes.io/last-applied-configuration';

/** What all annotations of an object may hold together (k8s.io/apimachinery/pkg/api/validation TotalAnnotationSizeLimitB). */
const annotationsBytes = 256 * 1024;

/**
 * What `kubectl apply` set and nobody changed since: kubectl takes it over without a conflict when it goes on with server-side apply
 * (apimachinery/pkg/util/managedfields/internal/lastappliedmanager.go).
 */
export function fieldsOfLastApplied(core: Core, kind: Kind, live: KubernetesObject): FieldSet {
  const config = parsed(live.metadata.annotations?.[annotation]);
  if (config?.apiVersion !== apiVersionOf(kind)) return new FieldSet();
  const types = nodeTypes(core);
  const { added, modified, removed } = compared(core, kind, config, live);
  const fields = fieldsOf(types, types.ofMessage(kind.message), config);
  return fields.difference(modified).difference(added).difference(removed);
}

/** Keeps the annotation in step with what kubectl applied server-side, for a later `kubectl apply` (lastappliedupdater.go). */
export function renewLastApplied(object: KubernetesObject, config: JsonObject): void {
  const { annotations } = object.metadata;
  if (!annotations?.[annotation]) return;
  annotations[annotation] = `${goJson(withoutLastApplied(config))}\n`;
  const bytes = Object.entries(annotations).flat().join('');
  if (Buffer.byteLength(bytes) > annotationsBytes) delete annotations[annotation];
}

function withoutLastApplied(config: JsonObject): JsonObject {
  const { metadata } = config;
  if (!isJsonObject(metadata) || !isJsonObject(metadata.annotations)) return config;
  const { [annotation]: _own, ...annotations } = metadata.annotations;
  return { ...config, metadata: { ...metadata, annotations } };
}

/** Whoever wrote something else there is as if they had written nothing. */
function parsed(text: string | undefined): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text ?? '');
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
