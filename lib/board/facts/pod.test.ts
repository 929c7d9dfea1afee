import { describe, expect, it } from 'vitest';
import type { ContainerState, Pod } from '../../kubernetes/pod';
import { podFacts } from './pod';

function podWith(state: ContainerState, restartCount: number): Pod {
  return {
    metadata: { name: 'web-0', namespace: 'default', uid: 'pod-1', resourceVersion: '1' },
    spec: { containers: [{ name: 'nginx' }], nodeName: 'node-1' },
    status: {
      phase: 'Running',
      conditions: [{ type: 'Ready', status: 'False' }],
      containerStatuses: [{ name: 'nginx', image: 'nginx:1', imageID: '', ready: false, restartCount, state }],
    },
  };
}

describe('why a pod is not ready', () => {
  const cases: [string, ContainerState, number, string][] = [
    ['waiting for its next try', { waiting: { reason: 'CrashLoopBackOff' } }, 2, 'crashLoop'],
    ['ended again, before the back-off begins', { terminated: { exitCode: 1, reason: 'Error' } }, 2, 'crashLoop'],
    ['ended for the first time', { terminated: { exitCode: 1, reason: 'Error' } }, 0, 'readiness'],
    ['ended well', { terminated: { exitCode: 0, reason: 'Completed' } }, 2, 'readiness'],
    ['running', { running: {} }, 2, 'readiness'],
  ];
  it.each(cases)('%s', (_name, state, restarts, code) => {
    expect(podFacts(podWith(state, restarts)).trouble?.code).toBe(code);
  });
});
