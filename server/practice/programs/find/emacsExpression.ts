/** The kinds of expressions -regextype knows, in the order in which it lists them. */
export const regexTypes: Readonly<Record<string, 'emacs' | 'basic' | 'extended'>> = {
  'findutils-default': 'emacs',
  ed: 'basic',
  emacs: 'emacs',
  'gnu-awk': 'extended',
  grep: 'basic',
  'posix-awk': 'extended',
  awk: 'extended',
  'posix-basic': 'basic',
  'posix-egrep': 'extended',
  egrep: 'extended',
  'posix-extended': 'extended',
  'posix-minimal-basic': 'basic',
  sed: 'basic',
};

/** Emacs' syntax in an extended expression's: groups and alternatives have a backslash, there are no intervals. */
export function fromEmacs(source: string): string {
  return source.replace(/\[\^?\]?(?:\[:[a-z]*:\]|[^\]])*\]|\\?[\s\S]/g, (piece) => {
    if (/^\\[()|]$/.test(piece)) return piece.slice(1);
    return /^[(){}|]$/.test(piece) ? `\\${piece}` : piece;
  });
}
