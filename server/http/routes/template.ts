import type { WorkloadKind } from '../../../lib/actions/contracts';
import { parseImage, parseName, parseNamespace } from '../../../lib/actions/parse';
import { resourcePath } from '../../../lib/kubernetes/resources';
import { listAt, textAt } from '../../kubernetes/json';
import { answerJson, HttpError } from '../answer';
import { readJson } from '../body';
import { param, type Exchange, type Route } from '../route';

/**
 * What changes the template of a workload, and lets its controller do the rest. One route for each kind of workload that has
 * one: what is patched is the same for all of them.
 */
export function imageRoute(workload: WorkloadKind): Route {
  return {
    method: 'POST',
    path: `/api/namespaces/:namespace/${workload}s/:name/image`,
    intent: 'setImage',
    async handle(exchange) {
      const target = targetOf(exchange, workload);
      const { container, image } = parseImage(await readJson(exchange.request));
      const part = partOf(await exchange.deps.client.get(target.path), container);
      // A merge by name would make a container that is not there: kubectl looks first too, and says it in these words.
      if (!part) throw new HttpError('notFound', `unable to find container named "${container}"`, 404);
      await patchTemplate(exchange, target, { spec: { [part]: [{ name: container, image }] } }, 'configured');
    },
  };
}

/** As `kubectl rollout restart` does it: by an annotation of the template, in its own name (polymorphichelpers/objectrestarter.go). */
export function restartRoute(workload: WorkloadKind): Route {
  return {
    method: 'POST',
    path: `/api/namespaces/:namespace/${workload}s/:name/restart`,
    intent: 'restart',
    async handle(exchange) {
      const at = `${new Date(exchange.deps.now()).toISOString().slice(0, 19)}Z`;
      const template = { metadata: { annotations: { 'kubectl.kubernetes.io/restartedAt': at } } };
      await patchTemplate(exchange, targetOf(exchange, workload), template, 'restarted');
    },
  };
}

interface Target {
  path: string;
  /** `statefulset.apps/web` */
  label: string;
}

function targetOf(exchange: Exchange, workload: WorkloadKind): Target {
  const namespace = parseNamespace(param(exchange, 'namespace'));
  const name = parseName(param(exchange, 'name'));
  return { path: resourcePath(`${workload}s`, namespace, name), label: `${workload}.apps/${name}` };
}

function partOf(workload: unknown, container: string): 'containers' | 'initContainers' | undefined {
  const has = (part: string) =>
    listAt(workload, 'spec', 'template', 'spec', part).some((candidate) => textAt(candidate, 'name') === container);
  return has('containers') ? 'containers' : has('initContainers') ? 'initContainers' : undefined;
}

async function patchTemplate(
  { deps, response }: Exchange,
  { path, label }: Target,
  template: object,
  outcome: 'configured' | 'restarted',
): Promise<void> {
  const { warnings } = await deps.client.patch(path, { spec: { template } }, 'strategic');
  answerJson(response, 202, { objects: [{ object: label, outcome }], ...(warnings.length > 0 ? { warnings } : {}) });
}
