'use client';

import clsx from 'clsx';
import { Globe, GlobeOff } from 'lucide-react';
import { useTranslations } from 'use-intl';
import type { Change } from '../../lib/board/lifeChanges';
import type { DnsAnswer, Slot } from '../../lib/board/model';
import { AgeIn } from '../ui/Age';
import { ChangedValue, SameMark } from './LifeMark';
import { splitDnsName } from './words';

type DnsWords = ReturnType<typeof useTranslations<'dns'>>;

export function wordAnswer(t: DnsWords, answer: DnsAnswer): string {
  return answer.status === 'answered' ? `A ${answer.addresses.join(', ')}` : t(answer.status);
}

/** A cache still gives an address that no pod of the slot has any more: the lesson of the TTL, so it is said and not hidden. */
export function isOldAnswer({ dns, pod }: Slot): boolean {
  return dns.status === 'answered' && !dns.addresses.includes(pod?.ip ?? '');
}

/** `isSame`: a new life answers to the name of the last one. */
export function DnsCard({ slot, isSame = false }: { slot: Slot; isSame?: boolean }) {
  const t = useTranslations('dns');
  const { own, zone } = splitDnsName(slot.dnsName);
  const isOn = slot.dns.status === 'answered';
  const isOld = isOn && isOldAnswer(slot);
  const isNew = isOn && !isOld && slot.lives[0] !== undefined && slot.lives[0].ip !== slot.pod?.ip;
  const change: Change | undefined = isNew ? { kind: 'new', was: slot.lives[0]?.ip ?? '' } : undefined;
  const Icon = isOn ? Globe : GlobeOff;
  return (
    <div
      className={clsx(
        'flex min-w-0 flex-col justify-center overflow-hidden rounded-xl border px-3 py-1 text-note leading-snug',
        isOld
          ? 'border-wait-line bg-wait-ground'
          : isOn
            ? 'border-[color-mix(in_srgb,var(--accent)_35%,transparent)] bg-accent-ground'
            : 'border-dashed border-line-strong',
      )}
      data-testid="dns"
      data-status={slot.dns.status}
      data-old={isOld}
      title={slot.dnsName}
    >
      {slot.dnsName === '' ? (
        <span className="text-faint">
          {t('none')} · {t('noService')}
        </span>
      ) : (
        <>
          <span className="flex items-baseline justify-between gap-1.5">
            <span className={clsx('min-w-0 truncate font-mono', isOn ? 'text-ink' : 'text-muted')}>
              {own}
              <span className="text-faint">{zone}</span>
            </span>
            {isSame && <SameMark />}
          </span>
          <span className="flex items-center gap-1.5 font-mono">
            <Icon aria-hidden size={12} className={clsx('shrink-0', isOn ? 'text-accent' : 'text-faint')} />
            <ChangedValue
              change={change}
              since={slot.pod?.readySince}
              className={clsx(
                'dated min-w-0 truncate',
                isOn ? 'text-ink' : 'text-muted',
                isOld && 'font-bold text-wait!',
              )}
            >
              {wordAnswer(t, slot.dns)}
            </ChangedValue>
          </span>
          <span className={clsx('truncate', isOld ? 'text-wait' : 'text-faint')}>
            {isOld && `${t('old')} · `}
            {slot.dns.askedAt !== undefined && <AgeIn since={slot.dns.askedAt}>{(age) => t('asked', { age })}</AgeIn>}
            {isOn && slot.dns.ttlSeconds !== undefined && ` · ${t('ttl', { seconds: slot.dns.ttlSeconds })}`}
          </span>
        </>
      )}
    </div>
  );
}
