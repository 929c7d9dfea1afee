import type { Action } from '../../lib/actions/contracts';
import type { Board, DeploymentView } from '../../lib/board/model';
import type { DeploymentAsk } from './AskContext';
import { outcomeOfDeleteDeployment, outcomeOfNewTemplate } from './deploymentOutcome';
import { none } from './outcome';
import type { Plan, PlanOptions } from './plan';

export function planForDeployment(board: Board, ask: DeploymentAsk, options: PlanOptions): Plan {
  const found = board.deployments.find(({ kind, name }) => kind === 'Deployment' && name === ask.deployment);
  const about = { title: ask.kind, subject: ask.deployment };
  if (!found) return { ...about, actions: [], outcome: none(), isGone: true };
  return { ...about, ...actionAndOutcome(board, found, ask, options), isGone: false };
}

function actionAndOutcome(board: Board, found: DeploymentView, ask: DeploymentAsk, options: PlanOptions) {
  const basics = { namespace: board.namespace, deployment: found.name };
  const template = { namespace: board.namespace, workload: 'deployment', name: found.name } as const;
  switch (ask.kind) {
    case 'deleteDeployment': {
      const action: Action = { kind: ask.kind, ...basics, cascade: options.cascade };
      return { actions: [action], outcome: outcomeOfDeleteDeployment(found, options.cascade) };
    }
    case 'restartDeployment':
      return { actions: [{ kind: 'restart', ...template } satisfies Action], outcome: outcomeOfNewTemplate(found) };
    case 'setDeploymentImage': {
      const { container, image } = options.image ?? { container: '', image: '' };
      const before = found.containers.find(({ name }) => name === container)?.image;
      // Nothing typed yet, or what is there already: there is nothing to ask for.
      if (image === '' || before === image) return { actions: [], outcome: none() };
      const action: Action = { kind: 'setImage', ...template, container, image };
      return { actions: [action], outcome: outcomeOfNewTemplate(found) };
    }
  }
}
