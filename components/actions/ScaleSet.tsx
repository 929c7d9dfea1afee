'use client';

import type { StatefulSetView } from '../../lib/board/model';
import { outcomeOfScale } from './scaleOutcome';
import { ScaleControl } from './ScaleControl';

export function ScaleSet({ set }: { set: StatefulSetView }) {
  return (
    <ScaleControl
      name={set.name}
      replicas={set.replicas}
      actionFor={(replicas, namespace) => ({ kind: 'scale', namespace, set: set.name, replicas })}
      outcomeFor={(replicas) => outcomeOfScale(set, replicas)}
    />
  );
}
