import { answerJson } from '../answer';
import type { Route } from '../route';

export const contextsRoute: Route = {
  method: 'GET',
  path: '/api/contexts',
  intent: 'read',
  async handle({ deps, response }) {
    answerJson(response, 200, await deps.contexts());
  },
};

export const namespacesRoute: Route = {
  method: 'GET',
  path: '/api/namespaces',
  intent: 'read',
  handle({ deps, response }) {
    answerJson(response, 200, deps.namespaces());
  },
};
