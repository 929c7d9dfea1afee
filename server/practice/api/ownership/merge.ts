import { isJsonObject, put, type JsonObject } from '../json';
import { bySteps } from './compare';
import type { FieldSet } from './fieldSet';
import { keyedStep, valueStep, type NodeType, type NodeTypes } from './nodeType';

/** The live object with an applied configuration laid over it: nothing is removed by that alone. */
export function mergeConfig(types: NodeTypes, type: NodeType, live: unknown, config: unknown): unknown {
  if (type.shape === 'keyed' && Array.isArray(live) && Array.isArray(config)) {
    const element = type.element();
    return mergeItems(
      live,
      config,
      (i) => keyedStep(type, i),
      (a, b) => mergeConfig(types, element, a, b),
    );
  }
  if (type.shape === 'set' && Array.isArray(live) && Array.isArray(config))
    return mergeItems(live, config, valueStep, (_, item) => item);
  const isByMember = type.shape === 'struct' || type.shape === 'map' || type.shape === 'unknown';
  if (!isByMember || !isJsonObject(live) || !isJsonObject(config)) return config;
  const merged: JsonObject = { ...live };
  for (const [key, value] of Object.entries(config)) {
    const old = Object.hasOwn(live, key) ? live[key] : undefined;
    put(merged, key, mergeConfig(types, types.member(type, key), old, value));
  }
  return merged;
}

/** The live order, with new items where the configuration has them. */
function mergeItems(
  live: unknown[],
  config: unknown[],
  step: (item: unknown) => string,
  merge: (live: unknown, config: unknown) => unknown,
): unknown[] {
  const wanted = bySteps(config, step);
  const present = new Map(live.map((item, i) => [step(item), i]));
  const merged: unknown[] = [];
  let at = 0;
  const takeOwn = (end: number) => {
    for (; at < end; at++) if (!wanted.has(step(live[at]))) merged.push(live[at]);
  };
  const nextShared = () => {
    const found = live.findIndex((item, i) => i >= at && wanted.has(step(item)));
    return found < 0 ? live.length : found;
  };
  for (const [key, item] of wanted) {
    const index = present.get(key);
    takeOwn(index === undefined ? nextShared() : index);
    merged.push(index === undefined ? item : merge(live[index], item));
    if (index !== undefined) at = Math.max(at, index + 1);
  }
  takeOwn(live.length);
  return merged;
}

/**
 * Takes out what the applier had and no longer names (merge/update.go prune). `gone` is that; `kept` is what anyone
 * owns now, and what lies above something owned stays. Undefined when nothing is left.
 */
export function pruneFields(
  types: NodeTypes,
  type: NodeType,
  value: unknown,
  gone: FieldSet,
  kept: FieldSet | undefined,
): unknown {
  if (gone.isMember && (kept === undefined || kept.isEmpty)) return undefined;
  if (Array.isArray(value)) {
    if (type.shape !== 'keyed' && type.shape !== 'set') return value;
    const element: NodeType = type.shape === 'keyed' ? type.element() : { shape: 'whole' };
    const step = type.shape === 'keyed' ? (i: unknown) => keyedStep(type, i) : valueStep;
    const items = (value as unknown[]).map((item) => pruneAt(types, element, item, step(item), gone, kept));
    const left = items.filter((item) => item !== undefined);
    return left.length === 0 && value.length > 0 ? undefined : left;
  }
  if (!isJsonObject(value)) return value;
  const left: JsonObject = {};
  for (const [key, member] of Object.entries(value)) {
    const pruned = pruneAt(types, types.member(type, key), member, `f:${key}`, gone, kept);
    if (pruned !== undefined) put(left, key, pruned);
  }
  return Object.keys(left).length === 0 && Object.keys(value).length > 0 ? undefined : left;
}

function pruneAt(
  types: NodeTypes,
  type: NodeType,
  value: unknown,
  step: string,
  gone: FieldSet,
  kept: FieldSet | undefined,
): unknown {
  const below = gone.get(step);
  return below ? pruneFields(types, type, value, below, kept?.get(step)) : value;
}
