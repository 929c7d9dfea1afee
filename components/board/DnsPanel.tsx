'use client';

import clsx from 'clsx';
import { memo } from 'react';
import { useTranslations } from 'use-intl';
import type { Board, DnsAnswer, HeadlessName as HeadlessNameView, ServiceView, Slot } from '../../lib/board/model';
import { Eyebrow } from '../ui/Chip';
import { AnswerAge } from './AnswerAge';
import { DnsAbsences } from './DnsAbsences';
import { isOldAnswer, wordAnswer } from './DnsCard';
import { ServiceList } from './ServiceList';
import { splitDnsName, splitServiceName } from './words';

export function DnsPanel({ board }: { board: Board }) {
  const t = useTranslations('dns');
  const slots = board.sets.flatMap((set) => set.slots).filter((slot) => slot.dnsName && (slot.wanted || slot.pod));
  return (
    <div
      className="grid grid-cols-[repeat(auto-fill,minmax(min(100%,17rem),1fr))] content-start gap-5"
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
        {board.dns.names.map((of) => (
          <HeadlessName key={of.name} of={of} service={serviceOf(board, of.name)} ports={board.dns.ports} />
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
      {board.dns.names.length > 0 && (
        <DnsAbsences absences={board.dns.absences} isAsked={board.dns.source === 'asked'} />
      )}
      <ServiceList services={board.services} />
    </div>
  );
}

/** Ordinals beyond are still answered, one by one, in their slots. */
const mostAddresses = 24;

interface HeadlessNameProps {
  of: HeadlessNameView;
  service: ServiceView | undefined;
  ports: Board['dns']['ports'];
}

const HeadlessName = memo(function HeadlessName({ of: { name, answer, gone }, service, ports }: HeadlessNameProps) {
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
          <Address key={address} address={address} isGone={gone.includes(address)} />
        ))}
        {answer.addresses.length > mostAddresses && (
          <li className="px-1 text-faint">{set('more', { count: answer.addresses.length - mostAddresses })}</li>
        )}
        {answer.addresses.length === 0 && (
          <li className="text-wait">{t(answer.status === 'answered' ? 'nodata' : answer.status)}</li>
        )}
      </ul>
      {gone.length > 0 && <p className="mt-1 text-note text-wait">{t('gone')}</p>}
      {service?.publishNotReady && <p className="mt-1 text-note text-muted">{t('publishNotReady')}</p>}
      <p className="mt-1.5 text-note text-faint">
        <AnswerAge answer={answer} />
      </p>
      {portsUnder(ports, name).map((port) => (
        <PortName key={port.name} name={port.name} answer={port.answer} />
      ))}
    </div>
  );
});

function Address({ address, isGone }: { address: string; isGone: boolean }) {
  const t = useTranslations('dns');
  return (
    <li
      className={clsx('arrive rounded-md px-1.5 py-0.5', isGone ? 'bg-wait-ground text-wait' : 'bg-accent-ground')}
      data-gone={isGone}
    >
      {isGone ? <s>{address}</s> : address}
      {isGone && <span className="sr-only"> {t('gone')}</span>}
    </li>
  );
}

/** A named port: who offers it, as SRV records say. */
function PortName({ name, answer }: { name: string; answer: DnsAnswer }) {
  const t = useTranslations('dns');
  const targets = answer.targets ?? [];
  return (
    <div className="mt-2 border-t border-line pt-2" data-testid="dns-srv" data-status={answer.status}>
      <div className="truncate font-mono text-xs" title={name}>
        <b>{name.split('.').slice(0, 2).join('.')}</b> <span className="text-faint">SRV</span>
      </div>
      <ul className="dated mt-1 font-mono text-note">
        {targets.slice(0, mostAddresses).map(({ target, port, priority, weight }) => (
          <li key={`${target}:${port}`} className="flex justify-between gap-2" title={target}>
            <span className="truncate">
              {splitDnsName(target).own}:{port}
            </span>
            <span className="shrink-0 text-faint">{t('srv', { priority, weight })}</span>
          </li>
        ))}
        {targets.length === 0 && (
          <li className="text-wait">{t(answer.status === 'answered' ? 'nodata' : answer.status)}</li>
        )}
      </ul>
      <p className="mt-1 text-note text-faint">
        <AnswerAge answer={answer} />
      </p>
    </div>
  );
}

function serviceOf(board: Board, name: string): ServiceView | undefined {
  return board.services.find((service) => service.name === splitServiceName(name).own);
}

function portsUnder(ports: Board['dns']['ports'], name: string): Board['dns']['ports'] {
  return ports.filter((port) => port.name.endsWith(`.${name}`));
}

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
