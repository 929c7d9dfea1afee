import type { Ids } from '../../ids';

/** k8s.io/apiserver/pkg/storage/names: five random characters, the base cut so that a DNS label remains. */
const suffixLength = 5;
const longestBase = 63 - suffixLength;

export function generatedName(base: string, ids: Ids): string {
  return base.slice(0, longestBase) + ids.suffix(suffixLength);
}
