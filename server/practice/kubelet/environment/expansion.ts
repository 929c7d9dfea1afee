const reference = /\$(\$|\(([^)]*)\))/g;

/**
 * `$(NAME)` in commands, arguments and values: replaced where NAME is known, left as it is where not; `$$` is a literal
 * `$` (third_party/forked/golang/expansion).
 */
export function expand(text: string, variables: ReadonlyMap<string, string>): string {
  return text.replace(reference, (whole, what: string, name: string | undefined) => {
    if (what === '$') return '$';
    return variables.get(name ?? '') ?? whole;
  });
}

/** The names that `expand` would look up. */
export function namesIn(text: string): string[] {
  return [...text.matchAll(reference)].flatMap(([, , name]) => (name === undefined ? [] : [name]));
}
