import type { Action, FileReference, WorkloadReference } from './contracts';

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
    case 'scale':
      return post(`${setPath(action)}/scale`, { replicas: action.replicas });
    case 'setImage':
      return post(`${workloadPath(action)}/image`, { container: action.container, image: action.image });
    case 'restart':
      return post(`${workloadPath(action)}/restart`, {});
    case 'setStrategy':
      return post(`${setPath(action)}/strategy`, action.strategy);
    case 'undo':
      return post(`${setPath(action)}/undo`, { revision: action.revision });
    case 'deleteSet':
      return { method: 'DELETE', path: `${setPath(action)}?cascade=${action.cascade}` };
    case 'scaleDeployment':
      return post(`${deploymentPath(action)}/scale`, { replicas: action.replicas });
    case 'deleteDeployment':
      return { method: 'DELETE', path: `${deploymentPath(action)}?cascade=${action.cascade}` };
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

/** Where the files on a claim are listed. */
export function claimFilesPath(namespace: string, claim: string): string {
  return `${inNamespace({ namespace })}/persistentvolumeclaims/${encodeURIComponent(claim)}/files`;
}

function inNamespace({ namespace }: { namespace: string }): string {
  return `/api/namespaces/${encodeURIComponent(namespace)}`;
}

function setPath({ namespace, set }: { namespace: string; set: string }): string {
  return workloadPath({ namespace, workload: 'statefulset', name: set });
}

function deploymentPath({ namespace, deployment }: { namespace: string; deployment: string }): string {
  return workloadPath({ namespace, workload: 'deployment', name: deployment });
}

function workloadPath({ namespace, workload, name }: WorkloadReference): string {
  return `${inNamespace({ namespace })}/${workload}s/${encodeURIComponent(name)}`;
}

function post(path: string, content: object): ActionRequest {
  return { method: 'POST', path, body: { type: 'application/json', content: JSON.stringify(content) } };
}

function yamlBody(content: string): ActionRequest['body'] {
  return { type: 'application/yaml', content };
}
