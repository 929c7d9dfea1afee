const names: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
};

/** What `l` prints: nothing unseen, in lines of a width (0: in one). */
export function listLine(text: string, width: number): string {
  let result = '';
  let column = 0;
  for (const c of text) {
    const shown = names[c] ?? (c >= ' ' && c <= '~' ? c : `\\${c.charCodeAt(0).toString(8).padStart(3, '0')}`);
    if (width > 0 && column + shown.length > width - 1) {
      result += '\\\n';
      column = 0;
    }
    result += shown;
    column += shown.length;
  }
  return `${result}$`;
}
