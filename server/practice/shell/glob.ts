import type { FileSystem } from '../filesystem/filesystem';
import { compilePattern, hasWildcards, matchesPattern } from './pattern';

/** The paths a pattern matches, sorted; empty when there is none. `pattern` has quoted characters escaped. */
export function glob(files: FileSystem, pattern: string): string[] {
  if (!hasWildcards(pattern)) return [];
  const parts = splitPath(pattern);
  const isAbsolute = pattern.startsWith('/');
  let paths = [isAbsolute ? '/' : ''];
  parts.forEach((part, index) => {
    const isLast = index === parts.length - 1;
    paths = paths.flatMap((base) =>
      hasWildcards(part) ? matchesIn(files, base, part, isLast) : literal(files, base, part, isLast),
    );
  });
  return paths.sort(inOrder);
}

/** bash and ash sort by the locale, which in a container is C: by code point. */
function inOrder(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function splitPath(pattern: string): string[] {
  const parts = pattern.replace(/^\/+/, '').split(/\/+/);
  return parts;
}

function matchesIn(files: FileSystem, base: string, part: string, isLast: boolean): string[] {
  const tokens = compilePattern(part);
  const showsHidden = part.startsWith('.') || part.startsWith('\\.');
  return namesIn(files, base, showsHidden)
    .filter((name) => (showsHidden || !name.startsWith('.')) && matchesPattern(tokens, name))
    .map((name) => base + name)
    .filter((path) => isLast || isFolder(files, path))
    .map((path) => (isLast ? path : `${path}/`));
}

function namesIn(files: FileSystem, base: string, withDots: boolean): string[] {
  try {
    const names = files.readdir(base === '' ? '.' : base);
    return withDots ? ['.', '..', ...names] : names;
  } catch {
    return [];
  }
}

function literal(files: FileSystem, base: string, part: string, isLast: boolean): string[] {
  const path = base + part.replace(/\\(.)/gs, '$1');
  if (part === '') return [base];
  if (isLast) return exists(files, path) ? [path] : [];
  return isFolder(files, path) ? [`${path}/`] : [];
}

function isFolder(files: FileSystem, path: string): boolean {
  try {
    return files.stat(path).type === 'directory';
  } catch {
    return false;
  }
}

function exists(files: FileSystem, path: string): boolean {
  try {
    files.lstat(path);
    return true;
  } catch {
    return false;
  }
}
