'use client';

import { ArrowRight, Minus, Plus, ShieldCheck } from 'lucide-react';
import { useTranslations } from 'use-intl';
import type { Line, Outcome } from './outcome';

const parts = [
  { key: 'goes', icon: Minus, tone: 'tone-gone' },
  { key: 'comes', icon: Plus, tone: 'tone-ready' },
  { key: 'stays', icon: ShieldCheck, tone: 'tone-kept' },
  { key: 'then', icon: ArrowRight, tone: 'tone-plain' },
] as const;

/** First what goes, then what stays: said before anybody can confirm it. */
export function OutcomeList({ outcome }: { outcome: Outcome }) {
  return (
    <dl className="grid gap-2 text-[0.8125rem]" data-testid="outcome">
      {parts.map(({ key, icon: Icon, tone }) =>
        outcome[key].length === 0 ? null : (
          <div
            key={key}
            className={`${tone} grid grid-cols-[5.25rem_minmax(0,1fr)] gap-2 max-sm:gap-1`}
            data-part={key}
          >
            <Heading part={key} icon={<Icon aria-hidden size={14} strokeWidth={2.5} className="mt-0.5 shrink-0" />} />
            <dd>
              <ul className="grid gap-1">
                {outcome[key].map((line, index) => (
                  <OutcomeLine key={index} line={line} />
                ))}
              </ul>
            </dd>
          </div>
        ),
      )}
    </dl>
  );
}

function Heading({ part, icon }: { part: (typeof parts)[number]['key']; icon: React.ReactNode }) {
  const t = useTranslations('action');
  return (
    <dt className="flex items-start gap-1.5 font-semibold text-(--tone)">
      {icon}
      {t(part)}
    </dt>
  );
}

function OutcomeLine({ line }: { line: Line }) {
  const t = useTranslations('outcome');
  return (
    <li className="break-words">
      {t(line.key, line.values)
        .split(/(\S+-\S+)/)
        .map((part, index) =>
          // `web-1` is one word, though a browser would break it after the hyphen; a whole DNS name may break.
          index % 2 === 1 && part.length < 30 ? (
            <span key={index} className="whitespace-nowrap">
              {part}
            </span>
          ) : (
            part
          ),
        )}
    </li>
  );
}
