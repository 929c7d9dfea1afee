/** A mode as chmod takes it: octal, or `u+x,go-w`. Undefined when it is neither. `umask` applies where nobody is named. */
export function parseMode(text: string, current: number, isDirectory: boolean, umask = 0): number | undefined {
  if (/^[0-7]{1,4}$/.test(text)) return parseInt(text, 8);
  let mode = current;
  for (const clause of text.split(',')) {
    const [, who, rest] = /^([ugoa]*)((?:[-+=][rwxXstugo]*)+)$/.exec(clause) ?? [];
    if (who === undefined || rest === undefined) return undefined;
    for (const [, operator = '', letters = ''] of rest.matchAll(/([-+=])([rwxXstugo]*)/g))
      mode = apply(mode, { who, operator, letters, isDirectory, umask });
  }
  return mode;
}

interface Change {
  who: string;
  operator: string;
  letters: string;
  isDirectory: boolean;
  umask: number;
}

function apply(mode: number, { who, operator, letters, isDirectory, umask }: Change): number {
  const everyone = who === '' || who.includes('a');
  const shifts = [
    ...(everyone || who.includes('u') ? [6] : []),
    ...(everyone || who.includes('g') ? [3] : []),
    ...(everyone || who.includes('o') ? [0] : []),
  ];
  const bits = bitsOf(letters, mode, isDirectory);
  let mask = 0;
  let special = 0;
  for (const shift of shifts) mask |= bits << shift;
  if (who === '') mask &= ~umask;
  if (letters.includes('s')) special |= (shifts.includes(6) ? 0o4000 : 0) | (shifts.includes(3) ? 0o2000 : 0);
  if (letters.includes('t')) special |= 0o1000;
  if (operator === '+') return mode | mask | special;
  if (operator === '-') return mode & ~(mask | special);
  const cleared = shifts.reduce((rest, shift) => rest & ~(7 << shift), mode);
  return cleared | mask | special;
}

function bitsOf(letters: string, mode: number, isDirectory: boolean): number {
  let bits = 0;
  for (const letter of letters) {
    if (letter === 'r') bits |= 4;
    else if (letter === 'w') bits |= 2;
    else if (letter === 'x') bits |= 1;
    else if (letter === 'X') bits |= isDirectory || mode & 0o111 ? 1 : 0;
    else if (letter === 'u') bits |= (mode >> 6) & 7;
    else if (letter === 'g') bits |= (mode >> 3) & 7;
    else if (letter === 'o') bits |= mode & 7;
  }
  return bits;
}
