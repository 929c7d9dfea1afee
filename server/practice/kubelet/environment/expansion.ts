/**
 * `$(NAME)` in commands, arguments and values: replaced where NAME is known, left as it is where not; `$$` is a literal
 * `$` (third_party/forked/golang/expansion).
 */
export function expand(text: string, variables: ReadonlyMap<string, string>): string {
  return text.replace(/\$(\$|\(([^)]*)\))/g, (whole, what: string, name: string | undefined) => {
    if (what === '$') return '$';
    return variables.get(name ?? '') ?? whole;
  });
}
