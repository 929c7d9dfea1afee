import type { Action, FileReference, ReadFileAction, UpdateStrategy, WriteFileAction } from './contracts';
import { hereDocument, shellQuote } from './shellQuote';

/**
 * The kubectl command that does the same, to be pasted into bash or zsh as it stands. It ends when the request is accepted
 * or the object is gone, as a person at a terminal would have it; what a finalizer may hold for ever is not waited for.
 */
export function kubectlLine(action: Action | ReadFileAction): string {
  switch (action.kind) {
    case 'apply': {
      const force = action.force === true ? ['--force-conflicts'] : [];
      const words = ['apply', '--server-side', '--field-manager=ordinal', ...force, '-n', action.namespace, '-f', '-'];
      return `${kubectl(words)} ${hereDocument(action.yaml, 'YAML')}`;
    }
    case 'deleteManifest':
      return `${kubectl(['delete', '--ignore-not-found', '-n', action.namespace, '-f', '-'])} ${hereDocument(action.yaml, 'YAML')}`;
    case 'scale':
      return kubectl(['scale', 'statefulset', action.set, `--replicas=${action.replicas}`, '-n', action.namespace]);
    case 'setImage': {
      const { workload, name, container, image, namespace } = action;
      return kubectl(['set', 'image', `${workload}/${name}`, `${container}=${image}`, '-n', namespace]);
    }
    case 'restart':
      return kubectl(['rollout', 'restart', `${action.workload}/${action.name}`, '-n', action.namespace]);
    case 'setStrategy': {
      const patch = JSON.stringify(strategyPatch(action.strategy));
      return kubectl(['patch', 'statefulset', action.set, '-p', patch, '-n', action.namespace]);
    }
    case 'undo': {
      const { set, revision, namespace } = action;
      return kubectl(['rollout', 'undo', `statefulset/${set}`, `--to-revision=${revision}`, '-n', namespace]);
    }
    case 'deleteSet': {
      const orphan = action.cascade === 'orphan' ? ['--cascade=orphan'] : [];
      return kubectl(['delete', 'statefulset', action.set, ...orphan, '-n', action.namespace]);
    }
    case 'scaleDeployment':
      return kubectl([
        'scale',
        'deployment',
        action.deployment,
        `--replicas=${action.replicas}`,
        '-n',
        action.namespace,
      ]);
    case 'deleteDeployment': {
      const orphan = action.cascade === 'orphan' ? ['--cascade=orphan'] : [];
      return kubectl(['delete', 'deployment', action.deployment, ...orphan, '-n', action.namespace]);
    }
    case 'deletePod':
      return kubectl(['delete', 'pod', action.pod, '-n', action.namespace]);
    case 'deletePods':
      return kubectl(['delete', 'pod', ...action.pods, '-n', action.namespace]);
    case 'deleteClaim':
      return kubectl(['delete', 'pvc', action.claim, '--wait=false', '-n', action.namespace]);
    case 'deleteVolume':
      return kubectl(['delete', 'pv', action.volume, '--wait=false']);
    case 'freeVolume':
      return kubectl(['patch', 'pv', action.volume, '--type=json', '-p', JSON.stringify(freePatch)]);
    case 'deleteNamespace':
      return kubectl(['delete', 'namespace', action.namespace, '--wait=false']);
    case 'readFile':
      return `${exec(action, false)} cat ${shellQuote(action.path)}`;
    case 'writeFile':
      return writeLine(action);
  }
}

/** What makes a volume forget its claim. */
export const freePatch = [{ op: 'remove', path: '/spec/claimRef' }] as const;

/**
 * The patch that the dashboard sends too. Of OnDelete the API takes no `rollingUpdate` beside it, so what was there is taken out
 * (pkg/apis/apps/validation, ValidateStatefulSetSpec).
 */
export function strategyPatch(strategy: UpdateStrategy): object {
  const rollingUpdate = strategy.type === 'OnDelete' ? null : { partition: strategy.partition };
  return { spec: { updateStrategy: { type: strategy.type, rollingUpdate } } };
}

/** The very script that the dashboard runs too: constant, with the path as its argument. */
export const writeScript = 'cat > "$1"';

/** Up to this many bytes of text stand in the line itself. */
const inlineBytes = 4096;

function writeLine(action: WriteFileAction): string {
  const command = `${exec(action, true)} sh -c ${shellQuote(writeScript)} sh ${shellQuote(action.path)}`;
  const text = textOf(action.content);
  if (text !== undefined && action.content.length <= inlineBytes) return `printf %s ${shellQuote(text)} | ${command}`;
  // The pipe stands on the first line, before the document's own lines. No line of base64 can be the closing word: it has no `_`.
  return `base64 -d <<'END_' | ${command}\n${wrapped(base64(action.content))}\nEND_`;
}

function exec(file: FileReference, hasInput: boolean): string {
  const input = hasInput ? ['-i'] : [];
  const container = file.container === undefined ? [] : ['-c', file.container];
  return kubectl(['exec', ...input, file.pod, '-n', file.namespace, ...container, '--']);
}

function kubectl(words: string[]): string {
  return ['kubectl', ...words.map(shellQuote)].join(' ');
}

/** The text that these bytes are, if a shell can hold it: valid UTF-8 without NUL. */
function textOf(content: Uint8Array): string | undefined {
  if (content.includes(0)) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content);
  } catch {
    return undefined;
  }
}

function base64(content: Uint8Array): string {
  const parts: string[] = [];
  for (let start = 0; start < content.length; start += 0x6000) {
    parts.push(btoa(String.fromCharCode(...content.subarray(start, start + 0x6000))));
  }
  return parts.join('');
}

function wrapped(text: string): string {
  return text.match(/.{1,76}/g)?.join('\n') ?? '';
}
