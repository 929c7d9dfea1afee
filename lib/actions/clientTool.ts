/** What a reader types their commands with: on OpenShift that is `oc`, which knows all that kubectl knows. */
export const clientTools = ['kubectl', 'oc'] as const;
export type ClientTool = (typeof clientTools)[number];

/**
 * The same line for another tool. `oc` takes kubectl's words as they are; only what OpenShift calls a project is named so.
 * Nothing is changed but commands: not what stands in quotes, nor in a here-document.
 */
export function lineWith(tool: ClientTool, line: string): string {
  if (tool === 'kubectl') return line;
  let documentEnd: string | undefined;
  return line
    .split('\n')
    .map((part) => {
      if (documentEnd !== undefined) {
        if (part === documentEnd) documentEnd = undefined;
        return part;
      }
      documentEnd = /<<'?(\w+)'?/.exec(part)?.[1];
      return withOc(part);
    })
    .join('\n');
}

/** `$'…'`, `'…'`, `"…"`, an escaped sign, or what is between them. A quote that another line closes is left as it is. */
const parts = /\$'(?:\\.|[^'\\])*'|'[^']*'|"(?:\\.|[^"\\])*"|\\.|(?:[^'"\\$]|\$(?!'))+|['"\\]/gs;

/** Where a shell expects a command: at the start, after a pipe or another separator, after `do` or `then`. */
const command = /(^|[|;&(]\s*|\b(?:do|then)\s+)kubectl(?=\s|$)/g;

function withOc(line: string): string {
  let isStart = true;
  return (line.match(parts) ?? [])
    .map((part) => {
      const isPlain = !/^[$]?['"\\]/.test(part);
      const pattern = isStart ? command : new RegExp(command.source.replace('^|', '(?!)|'), 'g');
      isStart = false;
      return isPlain ? projects(part.replace(pattern, '$1oc')) : part;
    })
    .join('');
}

function projects(part: string): string {
  return part
    .replace(/\boc create namespace (\S+)/g, 'oc new-project $1 --skip-config-write')
    .replace(/\boc delete (namespace|ns) /g, 'oc delete project ');
}
