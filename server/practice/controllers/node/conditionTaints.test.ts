import { describe, expect, test } from 'vitest';
import type { Node } from '../../../../lib/kubernetes/cluster';
import { taintsAsTheyFollow, type Taint } from './conditionTaints';

const now = '2026-01-01T00:00:00Z';
const taint = (name: string, more: Partial<Taint> = {}): Taint => ({
  key: `node.kubernetes.io/${name}`,
  effect: 'NoSchedule',
  ...more,
});

interface Facts {
  conditions?: Record<string, 'True' | 'False' | 'Unknown'>;
  unschedulable?: boolean;
  taints?: Taint[];
}

function node({ conditions = {}, ...spec }: Facts): Node {
  const list = Object.entries(conditions).map(([type, status]) => ({ type, status }));
  return { apiVersion: 'v1', kind: 'Node', metadata: { name: 'one' }, spec, status: { conditions: list } };
}

describe('the taints that follow', () => {
  test.each<[string, Facts, Taint[] | undefined]>([
    ['Ready: none', { conditions: { Ready: 'True' } }, undefined],
    ['no condition yet: that of its creation goes', { taints: [taint('not-ready')] }, []],
    ['not ready', { conditions: { Ready: 'False' } }, [taint('not-ready', { timeAdded: now })]],
    ['silent', { conditions: { Ready: 'Unknown' } }, [taint('unreachable', { timeAdded: now })]],
    [
      'ready again, under pressure',
      { conditions: { Ready: 'True', DiskPressure: 'True' }, taints: [taint('not-ready')] },
      [taint('disk-pressure', { timeAdded: now })],
    ],
    ['cordoned', { unschedulable: true }, [taint('unschedulable', { timeAdded: now })]],
    ['cordoned already', { unschedulable: true, taints: [taint('unschedulable')] }, undefined],
    ['uncordoned', { taints: [taint('unschedulable')] }, []],
    [
      'others stay, and what evicts',
      { taints: [{ key: 'only', effect: 'NoSchedule' }, taint('not-ready', { effect: 'NoExecute' })] },
      undefined,
    ],
  ])('%s', (_, facts, expected) => expect(taintsAsTheyFollow(node(facts), now)).toEqual(expected));
});
