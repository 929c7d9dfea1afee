'use client';

import clsx from 'clsx';
import { FilePen, RotateCcw, Trash2 } from 'lucide-react';
import { useTranslations } from 'use-intl';
import type { PodView, Slot } from '../../lib/board/model';
import { useAsk } from '../actions/AskContext';
import { Age, AgeIn } from '../ui/Age';
import { IconButton } from '../ui/Button';
import { cardClass, slotLooks } from './slotState';
import { StateMark } from './StateMark';
import { wordReason } from './words';

interface PodCardProps {
  slot: Slot;
  newRevision: string;
  isExplained: boolean;
  onExplain(ordinal: number): void;
}

export function PodCard({ slot, newRevision, isExplained, onExplain }: PodCardProps) {
  const { pod } = slot;
  return (
    <div
      key={pod?.uid ?? 'none'}
      className={clsx(
        cardClass(slotLooks[slot.state]),
        'relative flex min-w-0 flex-col overflow-hidden px-3 pt-2 pb-2 text-xs max-sm:min-h-20',
        pod && 'arrive',
      )}
    >
      <div className="flex min-h-7 items-center justify-between gap-1">
        <StateMark state={slot.state} />
        {pod && <PodControls pod={pod} />}
      </div>
      {pod ? <PodFacts slot={slot} pod={pod} newRevision={newRevision} /> : <NoPod slot={slot} />}
      <Waits slot={slot} isExplained={isExplained} onExplain={onExplain} />
    </div>
  );
}

/** A pod that is going takes no more files. */
export function PodControls({ pod }: { pod: PodView }) {
  const t = useTranslations('action');
  const ask = useAsk();
  return (
    <span className="-mr-1.5 flex">
      {pod.deletingSince === undefined && (
        <IconButton
          data-does="writeFile"
          label={t('writeFileOf', { name: pod.name })}
          onClick={() => ask({ kind: 'file', pod: pod.name })}
        >
          <FilePen aria-hidden size={14} />
        </IconButton>
      )}
      <IconButton
        data-does="deletePod"
        label={t('deletePod', { name: pod.name })}
        onClick={() => ask({ kind: 'deletePod', pod: pod.name })}
      >
        <Trash2 aria-hidden size={14} />
      </IconButton>
    </span>
  );
}

const row = 'flex min-h-[1.2rem] items-baseline justify-between gap-2 text-muted';
const value = 'dated min-w-0 truncate text-right font-mono text-ink';

function PodFacts({ slot, pod, newRevision }: { slot: Slot; pod: PodView; newRevision: string }) {
  const t = useTranslations('pod');
  const former = slot.lives[0];
  const isNewIp = former !== undefined && former.ip !== pod.ip;
  return (
    <div>
      {former?.ip && isNewIp && (
        <div className={row}>
          <span aria-hidden>{t('ip')}</span>
          <s className="truncate font-mono text-faint" aria-label={t('formerIp', { ip: former.ip })}>
            {former.ip}
          </s>
        </div>
      )}
      <div className={row}>
        <span className={clsx(former?.ip && isNewIp && 'sr-only')}>{t('ip')}</span>
        {/* Only the address stands in here: scripts read it. */}
        <span
          key={pod.ip}
          data-testid="pod-ip"
          className={clsx(value, 'ml-auto empty:hidden', isNewIp && 'glow font-bold text-changed!')}
        >
          {pod.ip}
        </span>
        {!pod.ip && (
          <span className={clsx('ml-auto italic', former ? 'text-changed' : 'text-faint')}>{t('assigning')}</span>
        )}
      </div>
      <div className={row}>
        <span>{t('node')}</span>
        <span className={value} title={pod.node}>
          {pod.node || '—'}
        </span>
      </div>
      <div className={row}>
        <span>{t('life')}</span>
        <span className={clsx(value, 'flex items-center gap-1', slot.life > 1 && 'font-semibold text-changed!')}>
          {t('lifeNumber', { number: Math.max(1, slot.life) })} · <Age since={pod.createdAt} />
          {pod.restarts > 0 && (
            <span
              className="inline-flex items-center gap-0.5 font-semibold text-wait"
              title={`${t('restarts')}: ${pod.restarts}`}
            >
              <RotateCcw aria-hidden size={11} />
              <span className="sr-only">{t('restarts')}</span>
              {pod.restarts}
            </span>
          )}
        </span>
      </div>
      {!slot.waitsFor && (
        <div className={row}>
          <span>{t('status')}</span>
          <span className={value}>
            {pod.status} {pod.readyContainers}/{pod.containers.length}
          </span>
        </div>
      )}
      {newRevision !== '' && (
        <div className={row}>
          <span>{t('revision')}</span>
          <span className={value}>{pod.revision === newRevision ? t('newRevision') : t('oldRevision')}</span>
        </div>
      )}
    </div>
  );
}

function NoPod({ slot }: { slot: Slot }) {
  const t = useTranslations('pod');
  return (
    <div className="flex flex-1 flex-col gap-0.5 pt-1 text-faint">
      {slot.scaledAwayAt ? (
        <AgeIn since={slot.scaledAwayAt}>{(age) => t('scaledAway', { age })}</AgeIn>
      ) : (
        <span>{slot.wanted ? t('none') : t('noneWanted')}</span>
      )}
      {slot.life > 0 && <span>{t('lastLife', { number: slot.life })}</span>}
      <span data-testid="pod-ip" className="hidden" />
    </div>
  );
}

/** What the slot waits for, in words; Kubernetes' own are one click away. */
function Waits({ slot, isExplained, onExplain }: Omit<PodCardProps, 'newRevision'>) {
  const reason = useTranslations('reason');
  const why = useTranslations('why');
  const state = useTranslations('state');
  if (!slot.waitsFor) return null;
  return (
    <div className={clsx('mt-auto flex items-end justify-between gap-1.5 pt-1', `tone-${slotLooks[slot.state].tone}`)}>
      <span
        className={clsx(
          slot.lives.length > 0 ? 'line-clamp-2' : 'line-clamp-3',
          'min-w-0 leading-tight font-medium break-words text-(--tone)',
        )}
      >
        {wordReason(reason, slot.waitsFor)}
      </span>
      <button
        type="button"
        data-does="why"
        aria-expanded={isExplained}
        aria-label={why('label', { name: slot.name, state: state(slot.state) })}
        onClick={() => onExplain(slot.ordinal)}
        className="-mr-1 shrink-0 rounded px-1 font-semibold text-(--tone) underline decoration-dotted underline-offset-2 hover:decoration-solid"
      >
        {why('button')}
      </button>
    </div>
  );
}
