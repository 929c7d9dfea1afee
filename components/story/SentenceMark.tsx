import { Archive, CircleCheckBig, Hourglass, Info, OctagonX, Power, type LucideIcon } from 'lucide-react';
import type { Tone } from '../../lib/history/story/sentence';

/** The shapes of the slots' states: a sentence is of the kind that its slot now shows. */
const icons: Record<Tone, LucideIcon> = {
  ready: CircleCheckBig,
  wait: Hourglass,
  gone: Power,
  fail: OctagonX,
  kept: Archive,
  plain: Info,
};

export function SentenceMark({ tone, size }: { tone: Tone; size: number }) {
  const Icon = icons[tone];
  return (
    <span className={`tone-${tone} shrink-0 text-(--tone)`}>
      <Icon aria-hidden size={size} />
    </span>
  );
}
