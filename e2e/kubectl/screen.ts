/** What a person sees after a terminal has been sent `text`: carriage returns, backspaces and erasing done, colours dropped. */
export function screen(text: string): string {
  const lines: string[] = [''];
  let row = 0;
  let column = 0;
  const put = (character: string) => {
    const line = (lines[row] ?? '').padEnd(column);
    lines[row] = line.slice(0, column) + character + line.slice(column + 1);
    column++;
  };
  for (const [piece] of text.matchAll(/\x1b\[([0-9;?]*)([A-Za-z])|[^]/g)) {
    if (piece === '\n') lines[++row] ??= '';
    else if (piece === '\r') column = 0;
    else if (piece === '\b') column = Math.max(0, column - 1);
    else if (piece.endsWith('J') && piece.length > 1) {
      lines[row] = (lines[row] ?? '').slice(0, column);
      lines.length = row + 1;
    } else if (piece.endsWith('K') && piece.length > 1) lines[row] = (lines[row] ?? '').slice(0, column);
    else if (/^\x1b\[\d*C$/.test(piece)) column += Number(piece.slice(2, -1) || 1);
    else if (/^\x1b\[\d*D$/.test(piece)) column = Math.max(0, column - Number(piece.slice(2, -1) || 1));
    else if (!piece.startsWith('\x1b')) put(piece);
  }
  return lines.join('\n');
}
