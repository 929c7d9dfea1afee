'use client';

import { CircleDashed, Globe, GlobeOff } from 'lucide-react';
import { useTranslations } from 'use-intl';
import type { DnsAbsence } from '../../lib/board/model';
import { AgeIn, wordDuration } from '../ui/Age';
import { Eyebrow } from '../ui/Chip';
import { LeftIn } from './AnswerAge';
import { splitDnsName } from './words';

const mostShown = 12;

/** When pods' names left DNS and came back: what the EndpointSlices said beside what DNS was heard to say. */
export function DnsAbsences({ absences, isAsked }: { absences: DnsAbsence[]; isAsked: boolean }) {
  const t = useTranslations('dns');
  return (
    <div data-testid="dns-absences">
      <Eyebrow>{t('absences')}</Eyebrow>
      {absences.length === 0 && <p className="mt-1 text-xs text-faint">{t('noAbsences')}</p>}
      <ol className="mt-1 divide-y divide-line">
        {absences.slice(0, mostShown).map((absence) => (
          <Absence key={absence.number} of={absence} isAsked={isAsked} />
        ))}
      </ol>
    </div>
  );
}

type Stage = 'away' | 'cached' | 'back';

function stageOf({ readyAt, answeredAt }: DnsAbsence, isAsked: boolean): Stage {
  if (readyAt === undefined) return 'away';
  return answeredAt === undefined && isAsked ? 'cached' : 'back';
}

const looks = {
  away: { icon: GlobeOff, tone: 'text-wait' },
  cached: { icon: CircleDashed, tone: 'text-wait' },
  back: { icon: Globe, tone: 'text-accent' },
} as const;

function Absence({ of, isAsked }: { of: DnsAbsence; isAsked: boolean }) {
  const { dnsName, former, addresses } = of;
  const stage = stageOf(of, isAsked);
  const { icon: Icon, tone } = looks[stage];
  return (
    <li className="py-1.5 text-note" data-testid="dns-absence" data-name={dnsName} data-stage={stage}>
      <div className="flex items-baseline justify-between gap-3 font-mono text-xs">
        <span className="flex min-w-0 items-center gap-1.5" title={dnsName}>
          <Icon aria-hidden size={12} className={`shrink-0 ${tone}`} />
          <span className="truncate">{splitDnsName(dnsName).own}</span>
        </span>
        <span className="shrink-0">
          {former.length > 0 && <s className="text-faint">{former.join(', ')}</s>} {addresses.join(', ')}
        </span>
      </div>
      <p className="text-muted">
        <SlicesSaid of={of} />
      </p>
      {isAsked && (
        <p className="text-muted">
          <DnsSaid of={of} />
        </p>
      )}
    </li>
  );
}

function SlicesSaid({ of: { leftAt, readyAt } }: { of: DnsAbsence }) {
  const t = useTranslations('dns');
  const unit = useTranslations('unit');
  if (readyAt === undefined)
    return leftAt === undefined ? null : <AgeIn since={leftAt}>{(age) => t('left', { age })}</AgeIn>;
  if (leftAt === undefined) return <AgeIn since={readyAt}>{(age) => t('firstReady', { age })}</AgeIn>;
  const missing = wordDuration(unit, readyAt - leftAt);
  return <AgeIn since={readyAt}>{(age) => t('readyAgain', { age, missing })}</AgeIn>;
}

/** A board that is looked at asks as soon as no cache is in the way, and a little later at most. */
const promptMs = 15_000;

/** No cache was in the way for so long: DNS is asked only while somebody looks, and nobody did. */
function wasAskedLate({ readyAt = 0, answeredAt = 0, formerUntil = 0, noUntil = 0 }: DnsAbsence): boolean {
  return answeredAt - Math.max(readyAt, formerUntil, noUntil) > promptMs;
}

function DnsSaid({ of }: { of: DnsAbsence }) {
  const t = useTranslations('dns');
  const unit = useTranslations('unit');
  const { readyAt, answeredAt, formerUntil, noUntil } = of;
  if (readyAt !== undefined && answeredAt !== undefined) {
    const later = wordDuration(unit, Math.max(0, answeredAt - readyAt));
    return t(wasAskedLate(of) ? 'askedLate' : 'answeredAfter', { later });
  }
  return (
    <span className="text-wait">
      {t(readyAt === undefined ? 'notAsked' : 'notYetAnswered')}
      <LeftIn until={formerUntil}>{(left) => ` ${t('formerLeft', { left })}`}</LeftIn>
      <LeftIn until={noUntil}>{(left) => ` ${t('saysNoLeft', { left })}`}</LeftIn>
    </span>
  );
}
