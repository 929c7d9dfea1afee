import { kubectlLine } from '../../lib/actions/kubectlLine';
import type { Result } from '../../lib/actions/contracts';
import type { ActionRunner } from '../actions/ActionContext';

const conflict: Result = {
  ok: false,
  error: {
    kind: 'conflict',
    reason: 'Conflict',
    code: 409,
    message:
      'Operation cannot be fulfilled on statefulsets.apps "web": the object has been modified; please apply your changes to the latest version and try again',
  },
};

/** Nothing happens in the gallery, and it says so in the clothes of a refusal. Files can be read, of made-up bytes. */
export const refusing: ActionRunner = {
  lineOf: kubectlLine,
  act: () => Promise.resolve(conflict),
  readFile: (file) =>
    Promise.resolve({
      ok: true,
      value: {
        bytes: new TextEncoder().encode(`written by ${file.pod}\n`),
        container: 'nginx',
        place: {
          kind: 'claim',
          claim: `www-${file.pod}`,
          volume: 'www',
          mountPath: '/usr/share/nginx/html',
          readOnly: false,
        },
      },
    }),
};

/** Asked, and never answered: how a dialog looks while it waits. */
export const silent: ActionRunner = { ...refusing, act: () => new Promise(() => undefined) };

/** Accepted, with Kubernetes' warning, so that the dialog stays open. */
export const warning: ActionRunner = {
  ...refusing,
  act: (action) =>
    Promise.resolve({
      ok: true,
      value:
        action.kind === 'writeFile'
          ? { objects: [], file: { container: 'nginx', place: { kind: 'container' }, bytes: action.content.length } }
          : {
              objects: [],
              warnings: [
                'metadata.finalizers: "keep": prefer a domain-qualified finalizer name including a path (/) to avoid accidental conflicts with other finalizer writers',
              ],
            },
    }),
};

export const withoutFile: ActionRunner = {
  ...refusing,
  readFile: () =>
    Promise.resolve({
      ok: false,
      error: { kind: 'failed', message: 'cat: /usr/share/nginx/html/index.html: No such file or directory' },
    }),
};
