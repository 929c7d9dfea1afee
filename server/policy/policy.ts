import type { Action } from '../../lib/actions/contracts';
import type { LabError } from '../../lib/errors';

/**
 * Who may do what with the dashboard, before the cluster decides in its turn. Now there is one role: whoever reaches a server
 * that listens on this machine only has the rights of the one who started it. Roles for a class come in here.
 */
export interface Viewer {
  role: 'owner';
}

export type Intent = Action['kind'] | 'read' | 'readFile';

export interface Policy {
  viewerOf(request: { headers: NodeJS.Dict<string | string[]> }): Viewer | undefined;
  /** Why not; undefined when it may. */
  refusal(viewer: Viewer | undefined, intent: Intent, namespace: string | undefined): LabError | undefined;
}

/** What only Kubernetes itself should end: without it the cluster is no longer one. */
const systemNamespaces = new Set(['kube-system', 'kube-public', 'kube-node-lease', 'default']);

export const loopbackPolicy: Policy = {
  viewerOf: () => ({ role: 'owner' }),
  refusal(viewer, intent, namespace) {
    if (!viewer) return { kind: 'unauthenticated', message: 'Sign in first.' };
    if (intent === 'deleteNamespace' && namespace !== undefined && systemNamespaces.has(namespace)) {
      return {
        kind: 'forbidden',
        message: `The namespace "${namespace}" belongs to the cluster itself and is not deleted here.`,
      };
    }
    return undefined;
  },
};
