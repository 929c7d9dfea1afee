/** The host's words for broken JSON, turned into Go's (encoding/json). */
export function jsonProblem(error: unknown): string {
  const why = error instanceof Error ? error.message : String(error);
  if (/end of JSON input|Unterminated/.test(why)) return 'unexpected end of JSON input';
  const token = /^Unexpected token '?(.)'?/u.exec(why)?.[1];
  return token ? `invalid character '${token}' looking for beginning of value` : why;
}
