import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Gate } from '../policy/origin';
import type { Policy } from '../policy/policy';
import { answerError, answerJson, HttpError } from './answer';
import { matchPath, type Deps, type Route } from './route';
import { applyRoute } from './routes/apply';
import { boardRoute } from './routes/board';
import { claimFilesRoute } from './routes/claimFiles';
import { contextsRoute, namespacesRoute } from './routes/contexts';
import { deleteClaimRoute, deleteNamespaceRoute, deleteVolumeRoute } from './routes/deleteObjects';
import { deleteManifestRoute } from './routes/deleteManifest';
import { deletePodRoute, deletePodsRoute } from './routes/deletePods';
import { deleteDeploymentRoute, deleteSetRoute } from './routes/deleteWorkload';
import { freeVolumeRoute } from './routes/freeVolume';
import { readFileRoute, writeFileRoute } from './routes/files';
import { historyRoute } from './routes/history';
import { scaleDeploymentRoute, scaleRoute } from './routes/scale';
import { strategyRoute } from './routes/strategy';
import { imageRoute, restartRoute } from './routes/template';
import { undoRoute } from './routes/undo';

/** In the order in which they are tried; docs/contract.md lists them. */
export const routes: readonly Route[] = [
  contextsRoute,
  namespacesRoute,
  boardRoute,
  historyRoute,
  applyRoute,
  deleteManifestRoute,
  scaleRoute,
  imageRoute('statefulset'),
  restartRoute('statefulset'),
  strategyRoute,
  undoRoute,
  deleteSetRoute,
  scaleDeploymentRoute,
  imageRoute('deployment'),
  restartRoute('deployment'),
  deleteDeploymentRoute,
  deletePodRoute,
  deletePodsRoute,
  deleteClaimRoute,
  claimFilesRoute,
  deleteVolumeRoute,
  freeVolumeRoute,
  deleteNamespaceRoute,
  readFileRoute,
  writeFileRoute,
];

/** Everything below `/api/`: finds the route, asks the policy, and puts every failure into words. */
export function createApi(deps: Deps, policy: Policy, gate: Gate) {
  return async (request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> => {
    try {
      const refusal = gate.refusal(request);
      if (refusal !== undefined) throw new HttpError('forbidden', refusal, 403);
      await dispatch(deps, policy, request, response, url);
    } catch (error) {
      answerError(response, error);
    }
  };
}

async function dispatch(
  deps: Deps,
  policy: Policy,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  const matching = routes.flatMap((route) => {
    const params = matchPath(route.path, url.pathname);
    return params ? [{ route, params }] : [];
  });
  if (matching.length === 0) throw new HttpError('notFound', `There is nothing at ${url.pathname}.`, 404);
  // Node leaves the body out of an answer to HEAD by itself.
  const method = request.method === 'HEAD' ? 'GET' : request.method;
  const found = matching.find(({ route }) => route.method === method);
  const allow = ['OPTIONS', ...matching.map(({ route }) => route.method)].join(', ');
  if (method === 'OPTIONS') {
    response.writeHead(204, { Allow: allow });
    response.end();
    return;
  }
  if (!found) {
    const message = `${request.method ?? ''} is not possible at ${url.pathname}.`;
    return answerJson(response, 405, { kind: 'invalid', message, code: 405 }, { Allow: allow });
  }
  const viewer = policy.viewerOf(request);
  const refusal = policy.refusal(viewer, found.route.intent, found.params['namespace']);
  if (refusal) throw new HttpError(refusal.kind, refusal.message, refusal.kind === 'unauthenticated' ? 401 : 403);
  await found.route.handle({ deps, request, response, query: url.searchParams, params: found.params });
}
