import {
  aBoard,
  aClaim,
  aComparison,
  aDeparted,
  aDeployment,
  aLoosePod,
  aReplicaSet,
  aSet,
  aSlot,
  aVolume,
  fixtureNow,
  replacedDeployment,
  sharingComparison,
  slotIn,
  youngComparison,
} from '../../board/fixtures';
import { Comparison } from '../../board/deployment/Comparison';
import { DeploymentSection } from '../../board/deployment/DeploymentSection';
import { Deployments } from '../../board/deployment/Deployments';
import type { DeploymentView, LoosePod } from '../../../lib/board/model';
import type { Scene, Section } from '../scene';
import { BoardPage } from './boards';

const claim = aClaim(0, {
  name: 'site',
  uid: 'claim-site',
  template: undefined,
  accessModes: ['ReadWriteMany'],
  volume: aVolume(0, { claim: 'default/site', source: 'nfs 10.0.0.9:/export/site', accessModes: ['ReadWriteMany'] }),
});
const three = [aLoosePod('b7kzq'), aLoosePod('m4tnd'), aLoosePod('x2x4z')];
const starting: Partial<LoosePod> = {
  state: 'starting',
  ready: false,
  readyContainers: 0,
  status: 'ContainerCreating',
  ip: '',
  createdAt: fixtureNow - 2000,
  waitsFor: { code: 'starting' },
};
const going: Partial<LoosePod> = { state: 'terminating', deletingSince: fixtureNow - 2000, status: 'Terminating' };
const next = 'web-deploy-5f7d89c6d4';

function section(name: string, deployment: () => DeploymentView): Scene {
  return {
    name,
    draw: () => {
      const made = deployment();
      return <DeploymentSection deployment={{ ...made, uid: `${made.uid}-${name}` }} />;
    },
  };
}

export const deployments: Section = {
  name: 'deployments',
  scenes: [
    section('ready', () => aDeployment(three)),
    section('deleting', () =>
      aDeployment([
        aLoosePod('b7kzq', going),
        aLoosePod('m4tnd'),
        aLoosePod('x2x4z'),
        aLoosePod('k8f2p', { ...starting, replaces: 'web-deploy-7d9c5bbf6b-b7kzq' }),
      ]),
    ),
    section('replaced', replacedDeployment),
    section('many-gone', () =>
      aDeployment(three, {
        departed: ['aaaaa', 'bbbbb', 'ccccc', 'ddddd', 'eeeee'].map((suffix, index) =>
          aDeparted(suffix, { until: fixtureNow - 9000 - index * 40_000 }),
        ),
      }),
    ),
    section('claim', () => aDeployment(three, { claims: [claim] })),
    section('updating', () =>
      aDeployment([aLoosePod('m4tnd'), aLoosePod('x2x4z'), aLoosePod('qq7rv', { ...starting, replicaSet: next })], {
        revision: 2,
        updatedReplicas: 1,
        replicas: 2,
        replicaSets: [
          aReplicaSet({ name: next, revision: 2, replicas: 1, readyReplicas: 0 }),
          aReplicaSet({ replicas: 2 }),
        ],
        strategy: { type: 'RollingUpdate', maxSurge: '1', maxUnavailable: '0' },
      }),
    ),
    section('refused', () =>
      aDeployment([], {
        replicas: 2,
        strategy: { type: 'Recreate' },
        paused: true,
        trouble: {
          code: 'createFailed',
          message:
            'pods "web-deploy-7d9c5bbf6b-zz2kd" is forbidden: exceeded quota: small, requested: pods=1, used: pods=4, limited: pods=4',
        },
      }),
    ),
    section('failing', () =>
      aDeployment([
        aLoosePod('b7kzq', {
          state: 'failed',
          ready: false,
          status: 'CrashLoopBackOff',
          restarts: 4,
          waitsFor: { code: 'crashLoop', subject: 'nginx', message: 'back-off 1m20s restarting failed container' },
        }),
        aLoosePod('m4tnd', { state: 'unready', ready: false, waitsFor: { code: 'readiness' } }),
        aLoosePod('x2x4z', { state: 'pending', ready: false, node: '', ip: '', waitsFor: { code: 'unschedulable' } }),
      ]),
    ),
    section('empty', () => aDeployment([])),
    section('terminating', () =>
      aDeployment(
        three.map((pod) => ({ ...pod, ...going })),
        { terminating: true, replicas: 3 },
      ),
    ),
    section('replica-set', () =>
      aDeployment(three, { kind: 'ReplicaSet', name: 'loose', strategy: undefined, revision: 0 }),
    ),
    ...Object.entries({ both: aComparison(), young: youngComparison(), sharing: sharingComparison() }).map(
      ([name, comparison]) => ({
        name: `comparison-${name}`,
        draw: () => <Comparison comparison={{ ...comparison, uid: name }} />,
      }),
    ),
    { name: 'hidden', draw: () => <Deployments board={aBoard([], { hidden: ['deployments'] })} /> },
    {
      name: 'beside',
      isPage: true,
      draw: (labs) => (
        <BoardPage
          labs={labs}
          board={aBoard([aSet([aSlot(0), slotIn('starting', 1), aSlot(2)])], {
            deployments: [replacedDeployment()],
            comparisons: [aComparison()],
          })}
        />
      ),
    },
  ],
};
