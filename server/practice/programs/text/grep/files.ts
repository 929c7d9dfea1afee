import type { Call } from '../../command';
import { matchesGlob } from '../../patterns';

/** The files grep looks into, folders walked with -r. Links that are met on the way are followed with -R alone. */
export function* filesOf(call: Call, operands: readonly string[]): Generator<string> {
  if (!call.has('r', 'R')) return void (yield* operands);
  if (operands.length > 0) for (const operand of operands) yield* under(call, operand, true);
  else yield* inFolder(call, '.', '');
}

function* under(call: Call, name: string, isAsked: boolean): Generator<string> {
  const path = call.path(name);
  if (name === '-' || !call.files.exists(path)) {
    if (isAsked) yield name;
    return;
  }
  const { type } = isAsked || call.has('R') ? call.files.stat(path) : call.files.lstat(path);
  const base = name.split('/').at(-1) ?? '';
  if (type === 'directory') {
    const isLeftOut = !isAsked && call.values('exclude-dir').some((glob) => matchesGlob(base, glob));
    if (!isLeftOut) yield* inFolder(call, name, name.endsWith('/') ? name : `${name}/`);
  } else if (type === 'file' || isAsked) {
    if (isWanted(call, base)) yield name;
  }
}

function* inFolder(call: Call, folder: string, prefix: string): Generator<string> {
  for (const entry of call.files.readdir(call.path(folder))) yield* under(call, prefix + entry, false);
}

function isWanted(call: Call, base: string): boolean {
  const included = call.values('include');
  if (included.length > 0 && !included.some((glob) => matchesGlob(base, glob))) return false;
  return !call.values('exclude').some((glob) => matchesGlob(base, glob));
}
