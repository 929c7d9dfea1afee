import type { Action, FileReference } from './contracts';

/** Where an action goes, below the base path. */
export interface ActionRequest {
  method: 'POST' | 'DELETE' | 'PUT';
  path: string;
  body?: { type: 'application/json' | 'application/yaml' | 'application/octet-stream'; content: string | Uint8Array };
}

export function requestOf(action: Action): ActionRequest {
  switch (action.kind) {
    case 'apply': {
      const query = action.force === true ? '?force=true' : '';
      return { method: 'POST', path: `${inNamespace(action)}/apply${query}`, body: yamlBody(action.yaml) };
    }
    case 'deleteManifest':
      return { method: 'POST', path: `${inNamespace(action)}/delete`, body: yamlBody(action.yaml) };
    case 'scale': {
      const content = JSON.stringify({ replicas: action.replicas });
      const path = `${inNamespace(action)}/statefulsets/${encodeURIComponent(action.set)}/scale`;
      return { method: 'POST', path, body: { type: 'application/json', content } };
    }
    case 'deleteSet': {
      const path = `${inNamespace(action)}/statefulsets/${encodeURIComponent(action.set)}?cascade=${action.cascade}`;
      return { method: 'DELETE', path };
    }
    case 'deletePod':
      return { method: 'DELETE', path: `${inNamespace(action)}/pods/${encodeURIComponent(action.pod)}` };
    case 'deletePods':
      return { method: 'DELETE', path: `${inNamespace(action)}/pods?set=${encodeURIComponent(action.set)}` };
    case 'deleteClaim': {
      const path = `${inNamespace(action)}/persistentvolumeclaims/${encodeURIComponent(action.claim)}`;
      return { method: 'DELETE', path };
    }
    case 'deleteVolume':
      return { method: 'DELETE', path: `/api/persistentvolumes/${encodeURIComponent(action.volume)}` };
    case 'freeVolume':
      return { method: 'DELETE', path: `/api/persistentvolumes/${encodeURIComponent(action.volume)}/claimRef` };
    case 'deleteNamespace':
      return { method: 'DELETE', path: inNamespace(action) };
    case 'writeFile': {
      const body = { type: 'application/octet-stream', content: action.content } as const;
      return { method: 'PUT', path: filePath(action), body };
    }
  }
}

/** Where a file is read and written. */
export function filePath(file: FileReference): string {
  const query = new URLSearchParams({ path: file.path });
  if (file.container !== undefined) query.set('container', file.container);
  return `${inNamespace(file)}/pods/${encodeURIComponent(file.pod)}/files?${query.toString()}`;
}

function inNamespace({ namespace }: { namespace: string }): string {
  return `/api/namespaces/${encodeURIComponent(namespace)}`;
}

function yamlBody(content: string): ActionRequest['body'] {
  return { type: 'application/yaml', content };
}
