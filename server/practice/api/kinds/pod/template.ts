import type { KubernetesObject } from '../../../../../lib/kubernetes/metadata';
import type { PodTemplateSpec } from '../../../../../lib/kubernetes/pod';
import { validateDnsLabel } from '../validation/names';
import { defaultPodSpec } from './defaults';
import { templateWarnings } from './warnings';

/** A template as the server keeps it: metadata and spec are always there, and the spec has its defaults. */
export function defaultedTemplate(template: PodTemplateSpec | undefined): PodTemplateSpec {
  const defaulted = template ?? { spec: { containers: [] } };
  defaulted.metadata ??= {};
  defaulted.spec ??= { containers: [] };
  defaultPodSpec(defaulted.spec);
  return defaulted;
}

interface Templated extends KubernetesObject {
  spec: { template: PodTemplateSpec };
}

/** Warnings of an object whose name begins those of its pods. On an update only when the generation rose. */
export function ownerWarnings(object: Templated, old: Templated | undefined): string[] {
  if (old?.metadata.generation !== undefined && old.metadata.generation === object.metadata.generation) return [];
  const warnings = templateWarnings(object.spec.template, 'spec.template');
  return old ? warnings : [...nameWarnings(object), ...warnings];
}

export function nameWarnings({ metadata: { name = '' } }: KubernetesObject): string[] {
  const messages = validateDnsLabel(name);
  if (messages.length === 0) return [];
  const advice =
    'this is used in Pod names and hostnames, which can result in surprising behavior; a DNS label is recommended';
  return [`metadata.name: ${advice}: [${messages.join(' ')}]`];
}
