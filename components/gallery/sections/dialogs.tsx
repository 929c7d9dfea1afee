import type { Lab } from '../../../lib/lab/lab';
import { ActionRunnerProvider, type ActionRunner } from '../../actions/ActionContext';
import type { Ask } from '../../actions/AskContext';
import { AskedDialog } from '../../actions/Dialogs';
import { aBoard, everyStateBoard, replacedDeployment } from '../../board/fixtures';
import { canary } from './sets';
import { choose, confirm, Played, type, type Step } from '../Played';
import { refusing, silent, warning, withoutFile } from '../runner';
import type { Scene, Section } from '../scene';

interface Asking {
  steps?: Step[];
  runner?: ActionRunner;
  isLive?: boolean;
  isEmpty?: boolean;
  /** Without a Deployment. */
  isAlone?: boolean;
}

const nothing = () => undefined;
const noSteps: Step[] = [];

function asking(name: string, ask: (labs: Lab[]) => Ask, how: Asking = {}): Scene {
  return { name, isPage: true, draw: (labs) => <Asked ask={ask(labs)} labs={labs} {...how} /> };
}

interface AskedProps extends Asking {
  ask: Ask;
  labs: Lab[];
}

function Asked({
  ask,
  labs,
  steps = noSteps,
  runner = refusing,
  isLive = true,
  isEmpty = false,
  isAlone = false,
}: AskedProps) {
  const board = isEmpty ? aBoard([]) : { ...everyStateBoard(), deployments: isAlone ? [] : [replacedDeployment()] };
  const basics = { isLive, onClose: nothing, onReturnFocus: nothing };
  return (
    <ActionRunnerProvider value={runner}>
      <Played steps={steps}>
        <AskedDialog
          {...basics}
          board={ask.kind === 'update' || ask.kind === 'undo' ? aBoard([canary]) : board}
          ask={ask}
          labs={labs}
        />
      </Played>
    </ActionRunnerProvider>
  );
}

const deletePod = (): Ask => ({ kind: 'deletePod', pod: 'web-0' });
const file = (): Ask => ({ kind: 'file', pod: 'web-0' });
const debugFile = (): Ask => ({ kind: 'file', pod: 'dns-test' });
const path = 'input:not([type])';
const deployLab = ([lab]: Lab[]): Ask => ({ kind: 'deployLab', lab: lab?.name ?? '' });
const update = (): Ask => ({ kind: 'update', set: 'canary' });
const image = 'input:not([type]):not([inputmode])';

export const dialogs: Section = {
  name: 'dialogs',
  scenes: [
    asking('delete-pod', deletePod),
    asking('delete-pod-gone', () => ({ kind: 'deletePod', pod: 'web-77' })),
    asking('delete-pod-stale', deletePod, { isLive: false }),
    asking('delete-pod-working', deletePod, { steps: [confirm], runner: silent }),
    asking('delete-pod-refused', deletePod, { steps: [confirm] }),
    asking('delete-pod-warned', deletePod, { steps: [confirm], runner: warning }),
    asking('delete-pods', () => ({ kind: 'deletePods', set: 'web' })),
    asking('delete-set', () => ({ kind: 'deleteSet', set: 'web' })),
    asking('delete-set-orphan', () => ({ kind: 'deleteSet', set: 'web' }), { steps: [choose(1)] }),
    asking('delete-loose-pod', () => ({ kind: 'deletePod', pod: replacedDeployment().pods[0]?.name ?? '' })),
    asking('delete-deployment', () => ({ kind: 'deleteDeployment', deployment: 'web-deploy' })),
    asking('delete-deployment-orphan', () => ({ kind: 'deleteDeployment', deployment: 'web-deploy' }), {
      steps: [choose(1)],
    }),
    asking('set-image', () => ({ kind: 'setDeploymentImage', deployment: 'web-deploy' }), {
      steps: [type('input', 'k8s.gcr.io/nginx-slim:0.9')],
    }),
    asking('restart-deployment', () => ({ kind: 'restartDeployment', deployment: 'web-deploy' })),
    asking('delete-claim', () => ({ kind: 'deleteClaim', claim: 'www-web-0' })),
    asking('delete-volume', () => ({ kind: 'deleteVolume', volume: 'pv-spare' })),
    asking('free-volume', () => ({ kind: 'freeVolume', volume: 'pv-spare' })),
    asking('delete-namespace', () => ({ kind: 'deleteNamespace' })),
    asking('clean-up-lab', ([lab]) => ({ kind: 'cleanUpLab', lab: lab?.name ?? '' })),
    asking('deploy-lab', deployLab, { isAlone: true }),
    asking('deploy-lab-sharing', deployLab, { isAlone: true, steps: [choose(1)] }),
    asking('deploy-lab-there', deployLab),
    asking('update-image', update),
    asking('update-image-new', update, { steps: [type(image, 'nginx-slim:0.10')] }),
    asking('update-canary', update, { steps: [type(image, 'nginx-slim:0.10'), choose(4)] }),
    asking('update-strategy', update, { steps: [choose(1), type('input[inputmode=numeric]', '0')] }),
    asking('update-on-delete', update, { steps: [choose(1), choose(4)] }),
    asking('update-restart', update, { steps: [choose(2)] }),
    asking('update-refused', update, { steps: [choose(2), confirm] }),
    asking('undo', () => ({ kind: 'undo', set: 'canary', revision: 1 })),
    asking('undo-gone', () => ({ kind: 'undo', set: 'canary', revision: 9 })),
    asking('file-write', file),
    asking('file-write-lost', file, { steps: [type(path, '/tmp/lost.txt')] }),
    ...['cache', 'host', 'share', 'etc/app', 'block'].map((folder) =>
      asking(`file-on-${folder.replace('/', '-')}`, debugFile, { steps: [type(path, `/${folder}/note.txt`)] }),
    ),
    asking('file-write-done', file, { steps: [type(path, '/tmp/lost.txt'), confirm], runner: warning }),
    asking('file-write-refused', file, { steps: [confirm] }),
    asking('file-bad-path', file, { steps: [type(path, 'no/slash')] }),
    asking('file-read', file, { steps: [choose(1), confirm] }),
    asking('file-read-refused', file, { steps: [choose(1), confirm], runner: withoutFile }),
    asking('file-no-pod', () => ({ kind: 'file' }), { isEmpty: true }),
  ],
};
