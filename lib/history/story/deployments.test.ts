import { describe, expect, it } from 'vitest';
import type { DeploymentView } from '../../board/model';
import { World } from '../../board/testing';
import { brief, saidOfBoard, saidWhen } from './testing';

const rs = 'web-7d4b9';
const loose = { replicaSet: rs, claim: '' };

/** `web`, its ReplicaSet, and its pods `web-7d4b9-aa` … at 10.0.0.1 …. */
function running(...pods: string[]): World {
  const world = new World().deployment('web', pods.length).replicaSet(rs, pods.length, { deployment: 'web' });
  for (const [index, pod] of pods.entries()) {
    world.later(1).create(`${rs}-${pod}`, { ...loose, ip: `10.0.0.${index + 1}` });
  }
  return world.later(60);
}

const said = (world: World, act: (world: World) => void) => saidWhen(world, act).map(brief);

describe('a Deployment', () => {
  type Row = [name: string, world: () => World, act: (world: World) => void, said: string[]];
  it.each<Row>([
    ['comes', () => new World(), (w) => w.deployment('web', 3), ['deploymentCreated web looseNames']],
    ['goes up', () => running('aa'), (w) => w.deployment('web', 2), ['deploymentScaledUp web looseNames']],
    ['goes down', () => running('aa', 'bb'), (w) => w.deployment('web', 1), ['deploymentScaledDown web anyGoes']],
    [
      'makes its ReplicaSet',
      () => new World().deployment('web', 1),
      (w) => w.replicaSet(rs, 1, { deployment: 'web' }),
      [],
    ],
    [
      'goes, its ReplicaSets to follow',
      () => running('aa'),
      (w) => w.deployments.clear(),
      ['deploymentGone web setsFollow'],
    ],
    [
      'goes after all that was its own',
      () => new World().deployment('web', 1),
      (w) => w.deployments.clear(),
      ['deploymentGone web'],
    ],
    ['lets its ReplicaSet go', () => running(), (w) => w.replicaSet(rs, 0), []],
    [
      'goes, and its ReplicaSet stays',
      () => running('aa').replicaSet(rs, 1),
      (w) => w.deployments.clear(),
      ['deploymentGone web setsStay'],
    ],
  ])('%s', (_name, world, act, expected) => {
    expect(said(world(), act)).toEqual(expected);
  });

  it('is told of as a ReplicaSet where nobody controls it', () => {
    const [made] = saidWhen(new World(), (w) => w.replicaSet('loose', 2));
    expect(made).toMatchObject({ what: 'deploymentCreated', values: { kind: 'ReplicaSet', replicas: 2 } });
  });

  type Edit = [name: string, edit: (deployment: DeploymentView) => void, said: string[]];
  it.each<Edit>([
    ['has its first number', (d) => (d.revision = 1), []],
    ['has another template', (d) => (d.revision = 2), ['deploymentRevised web rollingSets']],
    [
      'has another template, and no surge',
      (d) => Object.assign(d, { revision: 2, strategy: { type: 'Recreate' } }),
      ['deploymentRevised web recreateSets'],
    ],
    [
      'has another template, and is paused',
      (d) => Object.assign(d, { revision: 2, paused: true }),
      ['deploymentRevised web pausedSets'],
    ],
    ['has other counts', (d) => (d.readyReplicas = 0), []],
    ['is to go', (d) => (d.terminating = true), ['deploymentEnding web']],
  ])('%s', (_name, edit, expected) => {
    expect(saidOfBoard(running('aa'), (board) => board.deployments.forEach(edit)).map(brief)).toEqual(expected);
  });

  it('that is marked, lets go and goes in one step leaves its ReplicaSets', () => {
    const world = running('aa');
    for (const [name, facts] of world.deployments) {
      world.deployments.set(name, { ...facts, view: { ...facts.view, terminating: true } });
    }
    expect(said(world, (w) => (w.replicaSet(rs, 1), w.deployments.clear()))).toEqual(['deploymentGone web setsStay']);
  });
});

describe('its pods', () => {
  it('are told of from the deletion of one to the other in its place', () => {
    const world = running('aa', 'bb');
    expect(said(world, (w) => w.pod(`${rs}-aa`, { ...loose, ip: '10.0.0.1', deleting: true }))).toEqual([
      `podStopping ${rs}-aa anotherComes`,
    ]);
    expect(said(world, (w) => w.later(1).create(`${rs}-cc`, { ...loose, ready: false, ip: '' }))).toEqual([
      `podInstead ${rs}-cc anotherName`,
    ]);
    expect(said(world, (w) => w.pod(`${rs}-cc`, { ...loose, ip: '10.0.0.7' }))).toEqual([`podReady ${rs}-cc`]);
    const [gone] = saidWhen(world, (w) => w.gone(`${rs}-aa`));
    expect(gone).toMatchObject({
      what: 'podGoneFor',
      why: 'anotherNameAndIp',
      values: { name: `${rs}-aa`, kind: 'Deployment', instead: `${rs}-cc`, ip: '10.0.0.7', formerIp: '10.0.0.1' },
    });
  });

  it('say nothing of an address that is not known yet', () => {
    const world = running('aa');
    world.pod(`${rs}-aa`, { ...loose, deleting: true }).create(`${rs}-cc`, { ...loose, ready: false, ip: '' });
    expect(said(world, (w) => w.gone(`${rs}-aa`))).toEqual([`podGoneFor ${rs}-aa anotherName`]);
  });

  it('that are too many have nobody in their place', () => {
    const world = running('aa', 'bb');
    world.deployment('web', 1).replicaSet(rs, 1, { deployment: 'web' });
    expect(said(world, (w) => w.pod(`${rs}-bb`, { ...loose, deleting: true }))).toEqual([`podStopping ${rs}-bb`]);
    expect(said(world, (w) => w.gone(`${rs}-bb`))).toEqual([`podGone ${rs}-bb`]);
  });

  it('whose successor stands already are not told to be followed by another', () => {
    const world = running('aa');
    const act = (w: World) => w.pod(`${rs}-aa`, { ...loose, deleting: true }).create(`${rs}-cc`, loose);
    expect(said(world, act)).toEqual([`podStopping ${rs}-aa`, `podInstead ${rs}-cc anotherName`]);
  });

  it('go with their Deployment, and no other is promised', () => {
    const world = running('aa');
    world.deployments.clear();
    world.replicaSets.clear();
    expect(said(world, (w) => w.pod(`${rs}-aa`, { ...loose, deleting: true }))).toEqual([`podStopping ${rs}-aa`]);
  });
});

const starting = { ...loose, ready: false, phase: 'Pending', waiting: 'ContainerCreating', ip: '' } as const;
const oldPods = () => running('aa').replicaSet('web-new', 1, { deployment: 'web', revision: 2 });

describe('trouble of its pods', () => {
  type Row = [name: string, world: () => World, act: (world: World) => void, said: string[]];
  it.each<Row>([
    [
      'an image that is not there',
      () => running().create(`${rs}-aa`, starting),
      (w) => w.pod(`${rs}-aa`, { ...starting, waiting: 'ErrImagePull' }),
      [`pullFailed ${rs}-aa holdsNobody`],
    ],
    [
      'the same again',
      () => running().create(`${rs}-aa`, { ...starting, waiting: 'ErrImagePull' }),
      (w) => w.pod(`${rs}-aa`, { ...starting, waiting: 'ImagePullBackOff' }),
      [],
    ],
    [
      'an image that is not there, in an update',
      () => oldPods().create('web-new-aa', { ...starting, replicaSet: 'web-new' }),
      (w) => w.pod('web-new-aa', { ...starting, replicaSet: 'web-new', waiting: 'ErrImagePull' }),
      ['pullFailed web-new-aa oldPodsServe'],
    ],
    [
      'one of the old pods',
      oldPods,
      (w) => w.pod(`${rs}-aa`, { ...loose, ready: false, waiting: 'CrashLoopBackOff' }),
      [`crashLoop ${rs}-aa holdsNobody`],
    ],
    [
      'a container that starts again',
      () => running('aa'),
      (w) => w.pod(`${rs}-aa`, { ...loose, restarts: 1 }),
      [`podRestarted ${rs}-aa samePod`],
    ],
    [
      'a probe that fails',
      () => running('aa'),
      (w) => w.pod(`${rs}-aa`, { ...loose, ready: false }),
      [`podUnready ${rs}-aa leavesServices`],
    ],
    [
      'no node',
      () => running().create(`${rs}-aa`, { ...starting, node: '' }),
      (w) => w.pod(`${rs}-aa`, { ...starting, node: '', unscheduled: '0/2 nodes are available' }),
      [`unschedulable ${rs}-aa triesAgain`],
    ],
    [
      'an end that its ReplicaSet makes up for',
      () => running('aa'),
      (w) => w.pod(`${rs}-aa`, { ...loose, ready: false, phase: 'Failed' }),
      [`podFailed ${rs}-aa anotherComes`],
    ],
  ])('%s', (_name, world, act, expected) => {
    expect(said(world(), act)).toEqual(expected);
  });

  it('names the image, the container and the status', () => {
    const world = running().create(`${rs}-aa`, starting);
    const [pull] = saidWhen(world, (w) => w.pod(`${rs}-aa`, { ...starting, waiting: 'ErrImagePull' }));
    const [crash] = saidWhen(world, (w) => w.pod(`${rs}-aa`, { ...starting, waiting: 'CrashLoopBackOff' }));
    const [other] = saidWhen(world, (w) => w.pod(`${rs}-aa`, { ...starting, waiting: 'CreateContainerConfigError' }));
    expect(pull?.values).toMatchObject({ image: 'nginx:1' });
    expect(crash?.values).toMatchObject({ container: 'nginx' });
    expect(other?.values).toMatchObject({ status: 'CreateContainerConfigError' });
  });
});

describe('trouble of a pod that nobody owns', () => {
  const debug = { ...starting, orphan: true };
  it.each([
    ['ErrImagePull', ['pullFailed debug triesAgain']],
    ['CrashLoopBackOff', ['crashLoop debug triesAgain']],
    ['ContainerCreating', []],
  ])('%s', (waiting, expected) => {
    const world = new World().create('debug', { ...debug, waiting: 'PodInitializing' });
    expect(said(world, (w) => w.pod('debug', { ...debug, waiting }))).toEqual(expected);
  });
});
