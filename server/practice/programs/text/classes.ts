/** The character classes of locale C, on bytes. */
const classes: Readonly<Record<string, (byte: number) => boolean>> = {
  alpha: (byte) => isLower(byte) || isUpper(byte),
  digit: isDigit,
  alnum: (byte) => isLower(byte) || isUpper(byte) || isDigit(byte),
  upper: isUpper,
  lower: isLower,
  space: (byte) => byte === 32 || (byte >= 9 && byte <= 13),
  blank: (byte) => byte === 32 || byte === 9,
  punct: (byte) => byte > 32 && byte < 127 && !isLower(byte) && !isUpper(byte) && !isDigit(byte),
  print: (byte) => byte >= 32 && byte < 127,
  graph: (byte) => byte > 32 && byte < 127,
  cntrl: (byte) => byte < 32 || byte === 127,
  xdigit: (byte) => isDigit(byte) || (byte >= 65 && byte <= 70) || (byte >= 97 && byte <= 102),
};

/** Tells whether a byte is of the class; undefined where there is no class of that name. */
export function isClass(name: string): ((byte: number) => boolean) | undefined {
  return Object.hasOwn(classes, name) ? classes[name] : undefined;
}

function isDigit(byte: number): boolean {
  return byte >= 48 && byte <= 57;
}

function isUpper(byte: number): boolean {
  return byte >= 65 && byte <= 90;
}

function isLower(byte: number): boolean {
  return byte >= 97 && byte <= 122;
}
