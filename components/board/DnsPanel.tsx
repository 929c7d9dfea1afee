'use client';

import clsx from 'clsx';
import { memo } from 'react';
import { useTranslations } from 'use-intl';
import type { Board, DnsAnswer, Slot } from '../../lib/board/model';
import { AgeIn } from '../ui/Age';
import { Eyebrow } from '../ui/Chip';
import { isOldAnswer, wordAnswer } from './DnsCard';
import { ServiceList } from './ServiceList';
import { splitDnsName, splitServiceName } from './words';

export function DnsPanel({ board }: { board: Board }) {
  const t = useTranslations('dns');
  const slots = board.sets.flatMap((set) => set.slots).filter((slot) => slot.dnsName && (slot.wanted || slot.pod));
  return (
    <div
      className="grid content-start gap-5 sm:max-wide:grid-cols-3"
      data-testid="dns-panel"
      data-source={board.dns.source}
    >
      <div>
        <Eyebrow>{t('headlessNames')}</Eyebrow>
        <p className="mt-1 text-xs text-faint">
          {t(board.dns.source === 'asked' ? 'sourceAsked' : 'sourceDerived')}
          {board.dns.source === 'derived' && <> · {board.dns.problem ?? t('derivedWhy')}</>}
        </p>
        {board.dns.names.length === 0 && <p className="mt-2 text-faint">{t('noNames')}</p>}
        {board.dns.names.map(({ name, answer }) => (
          <HeadlessName key={name} name={name} answer={answer} />
        ))}
      </div>
      {slots.length > 0 && (
        <div>
          <Eyebrow>{t('podNames')}</Eyebrow>
          <ul className="mt-1 divide-y divide-line">
            {slots.slice(0, 60).map((slot) => (
              <PodName key={slot.name} slot={slot} />
            ))}
          </ul>
        </div>
      )}
      <ServiceList services={board.services} />
    </div>
  );
}

/** Ordinals beyond are still answered, one by one, in their slots. */
const mostAddresses = 24;

const HeadlessName = memo(function HeadlessName({ name, answer }: { name: string; answer: DnsAnswer }) {
  const t = useTranslations('dns');
  const set = useTranslations('set');
  const { own, zone } = splitServiceName(name);
  return (
    <div className="mt-2 rounded-xl border border-line p-3" data-testid="dns-name" data-status={answer.status}>
      <div className="font-mono text-xs break-all">
        <b>{own}</b>
        <span className="text-faint">{zone}</span>
      </div>
      <ul className="dated mt-1.5 flex flex-wrap gap-1 font-mono text-xs">
        {answer.addresses.slice(0, mostAddresses).map((address) => (
          <li key={address} className="arrive rounded-md bg-accent-ground px-1.5 py-0.5">
            {address}
          </li>
        ))}
        {answer.addresses.length > mostAddresses && (
          <li className="px-1 text-faint">{set('more', { count: answer.addresses.length - mostAddresses })}</li>
        )}
        {answer.addresses.length === 0 && (
          <li className="text-wait">{t(answer.status === 'answered' ? 'nodata' : answer.status)}</li>
        )}
      </ul>
      <p className="mt-1.5 text-note text-faint">
        {answer.askedAt !== undefined && <AgeIn since={answer.askedAt}>{(age) => t('asked', { age })}</AgeIn>}
        {answer.ttlSeconds !== undefined && ` · ${t('ttl', { seconds: answer.ttlSeconds })}`}
      </p>
    </div>
  );
});

const PodName = memo(function PodName({ slot }: { slot: Slot }) {
  const t = useTranslations('dns');
  const isOn = slot.dns.status === 'answered';
  const isOld = isOldAnswer(slot);
  const hint = isOld ? t('differs') : isOn ? t('same') : slot.pod && !slot.pod.ready ? t('notReadyHint') : '';
  return (
    <li className="py-1.5 font-mono text-xs" title={slot.dnsName}>
      <div className="flex items-baseline justify-between gap-3">
        <span className={clsx('truncate', !isOn && 'text-faint')}>{splitDnsName(slot.dnsName).own}</span>
        <span className={clsx('dated shrink-0', (!isOn || isOld) && 'text-wait')}>{wordAnswer(t, slot.dns)}</span>
      </div>
      {hint && <div className={isOld ? 'font-sans text-note text-wait' : 'sr-only'}>{hint}</div>}
    </li>
  );
});
