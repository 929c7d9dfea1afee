import { describe, expect, test } from 'vitest';
import type { ContainerState, ContainerStatus, Pod, PodSpec, PodStatus } from './pod';
import { podStatusText, restartsText } from './podStatus';

function container(name: string, state: ContainerState, more: Partial<ContainerStatus> = {}): ContainerStatus {
  return { name, state, ready: state.running !== undefined, restartCount: 0, image: 'i', imageID: '', ...more };
}

function pod(status: PodStatus, more: { spec?: Partial<PodSpec>; isDeleted?: boolean } = {}): Pod {
  const deletion = more.isDeleted ? { deletionTimestamp: '2026-01-01T00:00:00Z' } : {};
  return { metadata: { name: 'p', ...deletion }, spec: { containers: [{ name: 'a' }], ...more.spec }, status };
}

const running: ContainerState = { running: {} };
const waiting = (reason: string): ContainerState => ({ waiting: { reason } });
const ended = (exitCode: number, reason?: string, signal?: number): ContainerState => ({
  terminated: { exitCode, reason, signal },
});
const ready = [{ type: 'Ready', status: 'True' as const }];
const init = { spec: { initContainers: [{ name: 'i' }, { name: 'j' }] } };
const sidecar = { spec: { initContainers: [{ name: 'i', restartPolicy: 'Always' }] } };

describe('STATUS and READY', () => {
  test.each<[string, Pod, string, string]>([
    ['nothing yet', pod({ phase: 'Pending' }), 'Pending', '0/1'],
    ['a reason of its own', pod({ phase: 'Failed', reason: 'Evicted' }), 'Evicted', '0/1'],
    [
      'held by a gate',
      pod({ phase: 'Pending', conditions: [{ type: 'PodScheduled', status: 'False', reason: 'SchedulingGated' }] }),
      'SchedulingGated',
      '0/1',
    ],
    [
      'creating',
      pod({ phase: 'Pending', containerStatuses: [container('a', waiting('ContainerCreating'))] }),
      'ContainerCreating',
      '0/1',
    ],
    ['running', pod({ phase: 'Running', containerStatuses: [container('a', running)] }), 'Running', '1/1'],
    [
      'crashing',
      pod({ phase: 'Running', containerStatuses: [container('a', waiting('CrashLoopBackOff'))] }),
      'CrashLoopBackOff',
      '0/1',
    ],
    [
      'completed',
      pod({ phase: 'Succeeded', containerStatuses: [container('a', ended(0, 'Completed'))] }),
      'Completed',
      '0/1',
    ],
    [
      'an exit code without a reason',
      pod({ phase: 'Failed', containerStatuses: [container('a', ended(3))] }),
      'ExitCode:3',
      '0/1',
    ],
    [
      'a signal without a reason',
      pod({ phase: 'Failed', containerStatuses: [container('a', ended(137, undefined, 9))] }),
      'Signal:9',
      '0/1',
    ],
    [
      'the first container has the last word',
      pod({
        phase: 'Running',
        containerStatuses: [container('a', ended(1, 'Error')), container('b', waiting('ImagePullBackOff'))],
      }),
      'Error',
      '0/1',
    ],
    [
      'one done, one ready',
      pod(
        {
          phase: 'Running',
          conditions: ready,
          containerStatuses: [container('a', ended(0, 'Completed')), container('b', running)],
        },
        { spec: { containers: [{ name: 'a' }, { name: 'b' }] } },
      ),
      'Running',
      '1/2',
    ],
    [
      'one done, one running in an unready pod',
      pod({ phase: 'Running', containerStatuses: [container('a', ended(0, 'Completed')), container('b', running)] }),
      'NotReady',
      '1/1',
    ],
    [
      'one done, one failed',
      pod({
        phase: 'Failed',
        containerStatuses: [container('a', ended(0, 'Completed')), container('b', ended(2, 'Error'))],
      }),
      'Error',
      '0/1',
    ],
    [
      'an init container at work',
      pod(
        {
          phase: 'Pending',
          initContainerStatuses: [container('i', ended(0, 'Completed')), container('j', running)],
          containerStatuses: [container('a', waiting('PodInitializing'))],
        },
        init,
      ),
      'Init:1/2',
      '0/1',
    ],
    [
      'an init container that cannot start',
      pod({ phase: 'Pending', initContainerStatuses: [container('i', waiting('ErrImagePull'))] }, init),
      'Init:ErrImagePull',
      '0/1',
    ],
    [
      'an init container that failed',
      pod({ phase: 'Pending', initContainerStatuses: [container('i', ended(4, 'Error'))] }, init),
      'Init:Error',
      '0/1',
    ],
    [
      'a sidecar counts',
      pod(
        {
          phase: 'Running',
          initContainerStatuses: [container('i', running, { started: true })],
          containerStatuses: [container('a', running)],
        },
        sidecar,
      ),
      'Running',
      '2/2',
    ],
    [
      'on its way out',
      pod({ phase: 'Running', containerStatuses: [container('a', running)] }, { isDeleted: true }),
      'Terminating',
      '1/1',
    ],
    [
      'finished wins over going',
      pod({ phase: 'Succeeded', containerStatuses: [container('a', ended(0, 'Completed'))] }, { isDeleted: true }),
      'Completed',
      '0/1',
    ],
    [
      'on a lost node',
      pod({ phase: 'Running', reason: 'NodeLost', containerStatuses: [container('a', running)] }, { isDeleted: true }),
      'Unknown',
      '1/1',
    ],
  ])('%s', (_, object, status, readyText) => {
    const text = podStatusText(object);
    expect([text.status, `${text.readyContainers}/${text.totalContainers}`]).toEqual([status, readyText]);
  });
});

describe('RESTARTS', () => {
  const at = (finishedAt: string) => ({ lastState: { terminated: { exitCode: 1, finishedAt } } });
  const now = Date.parse('2026-01-01T00:10:00Z');

  test('the sum, and the latest', () => {
    const statuses = [
      container('a', running, { restartCount: 2, ...at('2026-01-01T00:08:00Z') }),
      container('b', running, { restartCount: 1, ...at('2026-01-01T00:05:00Z') }),
    ];
    expect(restartsText(podStatusText(pod({ phase: 'Running', containerStatuses: statuses })), now)).toBe('3 (2m ago)');
  });

  test('none', () => expect(restartsText(podStatusText(pod({ phase: 'Pending' })), now)).toBe('0'));
});
