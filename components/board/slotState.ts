import {
  Archive,
  CircleCheckBig,
  CircleDashed,
  CircleDot,
  Flag,
  Hourglass,
  LoaderCircle,
  OctagonX,
  Power,
  TriangleAlert,
  type LucideIcon,
} from 'lucide-react';
import type { SlotState } from '../../lib/board/model';

export interface StateLook {
  /** A shape of its own for each state: nobody has to tell colours apart. */
  icon: LucideIcon;
  tone: 'ready' | 'wait' | 'gone' | 'fail' | 'kept' | 'plain';
  pattern: 'solid' | 'striped' | 'dashed' | 'barred';
  turns?: true;
}

export const slotLooks: Record<SlotState, StateLook> = {
  ready: { icon: CircleCheckBig, tone: 'ready', pattern: 'solid' },
  waiting: { icon: Hourglass, tone: 'plain', pattern: 'dashed' },
  pending: { icon: CircleDot, tone: 'wait', pattern: 'dashed' },
  starting: { icon: LoaderCircle, tone: 'wait', pattern: 'striped', turns: true },
  unready: { icon: TriangleAlert, tone: 'wait', pattern: 'barred' },
  terminating: { icon: Power, tone: 'gone', pattern: 'striped' },
  failed: { icon: OctagonX, tone: 'fail', pattern: 'barred' },
  finished: { icon: Flag, tone: 'kept', pattern: 'solid' },
  kept: { icon: Archive, tone: 'kept', pattern: 'dashed' },
  empty: { icon: CircleDashed, tone: 'plain', pattern: 'dashed' },
};

export function cardClass(look: Pick<StateLook, 'tone' | 'pattern'>): string {
  return `card tone-${look.tone} ${look.pattern === 'solid' ? '' : `card-${look.pattern}`}`;
}
