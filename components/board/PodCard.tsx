'use client';

import clsx from 'clsx';
import { FilePen, RotateCcw, Trash2 } from 'lucide-react';
import { useTranslations } from 'use-intl';
import type { Change, LifeChanges } from '../../lib/board/lifeChanges';
import type { PodView, Slot } from '../../lib/board/model';
import { useAsk } from '../actions/AskContext';
import { Age, AgeIn } from '../ui/Age';
import { IconButton } from '../ui/Button';
import { ChangedValue, Was } from './LifeMark';
import { cardClass, slotLooks } from './slotState';
import { StateMark } from './StateMark';
import { shortRevision, shortUid, wordReason } from './words';

interface PodCardProps {
  slot: Slot;
  /** What the slot's last change of lives changed. */
  changes: LifeChanges | undefined;
  newRevision: string;
  isExplained: boolean;
  onExplain(ordinal: number): void;
}

export function PodCard({ slot, changes, newRevision, isExplained, onExplain }: PodCardProps) {
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
      <div className="flex min-h-7 shrink-0 items-center justify-between gap-1">
        <StateMark state={slot.state} />
        {pod && <PodControls pod={pod} />}
      </div>
      {pod ? (
        <PodFacts {...{ slot, pod, changes, newRevision, isExplained, onExplain }} />
      ) : (
        <NoPod {...{ slot, isExplained, onExplain }} />
      )}
      <Waits {...{ slot, isExplained, onExplain }} />
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

const row = 'flex w-full min-h-(--fact-row,1.2rem) items-start justify-between gap-2 text-muted';
const value = 'dated min-w-0 truncate text-right font-mono text-ink';
/** Where the column is wide what was stands before what is, else below it. */
const pair = 'ml-auto flex min-w-0 flex-wrap-reverse items-baseline justify-end gap-x-2.5';

interface PodFactsProps extends Omit<PodCardProps, 'slot'> {
  slot: Slot;
  pod: PodView;
}

function PodFacts({ slot, pod, changes, newRevision, isExplained, onExplain }: PodFactsProps) {
  const t = useTranslations('pod');
  return (
    // A row that has no room goes into a column out of sight, whole.
    <div className="flex min-h-0 shrink flex-col flex-wrap content-start overflow-hidden">
      <Address pod={pod} change={changes?.ip} />
      <div className={row}>
        <span>{t('node')}</span>
        <span className={pair}>
          <Was change={changes?.node} />
          <ChangedValue change={changes?.node} since={pod.createdAt} className={value} title={pod.node}>
            {pod.node || '—'}
          </ChangedValue>
        </span>
      </div>
      <div className={row}>
        <span>{t('life')}</span>
        <span className={clsx(value, 'flex items-baseline gap-1')}>
          <LivesButton
            {...{ slot, isExplained, onExplain }}
            text={t('lifeNumber', { number: Math.max(1, slot.life) })}
          />
          · <Age since={pod.createdAt} />
          <Restarts count={pod.restarts} />
        </span>
      </div>
      <Revision pod={pod} change={changes?.revision} newRevision={newRevision} />
      <div className={row}>
        <span>{t('uid')}</span>
        <ChangedValue change={changes?.uid} since={pod.createdAt} className={value} title={pod.uid}>
          {shortUid(pod.uid)}
        </ChangedValue>
      </div>
      {(!slot.waitsFor || (changes === undefined && newRevision === '')) && (
        <div className={row}>
          <span>{t('status')}</span>
          <span className={value}>
            {pod.status} {pod.readyContainers}/{pod.totalContainers}
          </span>
        </div>
      )}
    </div>
  );
}

function Address({ pod, change }: { pod: PodView; change: Change | undefined }) {
  const t = useTranslations('pod');
  const isChanged = change !== undefined && change.kind !== 'same';
  return (
    <div className={row}>
      <span>{t('ip')}</span>
      <span className={pair}>
        <Was change={change} />
        {/* Only the address stands in here: scripts read it. */}
        <ChangedValue
          change={change}
          since={pod.startedAt ?? pod.createdAt}
          data-testid="pod-ip"
          className={clsx(value, 'empty:hidden')}
        >
          {pod.ip}
        </ChangedValue>
        {!pod.ip && <span className={clsx('italic', isChanged ? 'text-changed' : 'text-faint')}>{t('assigning')}</span>}
      </span>
    </div>
  );
}

function Revision({ pod, change, newRevision }: { pod: PodView; change: Change | undefined; newRevision: string }) {
  const t = useTranslations('pod');
  const isChanged = change !== undefined && change.kind !== 'same';
  if (newRevision === '' && !isChanged) return null;
  return (
    <div className={row}>
      <span>
        {newRevision === '' ? t('revision') : t(pod.revision === newRevision ? 'newRevision' : 'oldRevision')}
      </span>
      <span className={pair}>
        <Was change={change} show={shortRevision} />
        <ChangedValue change={change} since={pod.createdAt} className={value} title={pod.revision}>
          {shortRevision(pod.revision)}
        </ChangedValue>
      </span>
    </div>
  );
}

function Restarts({ count }: { count: number }) {
  const t = useTranslations('pod');
  if (count === 0) return null;
  return (
    <span className="inline-flex items-center gap-0.5 font-semibold text-wait" title={`${t('restarts')}: ${count}`}>
      <RotateCcw aria-hidden className="size-[0.9em]!" />
      <span className="sr-only">{t('restarts')}</span>
      {count}
    </span>
  );
}

interface LivesButtonProps extends Pick<PodCardProps, 'slot' | 'isExplained' | 'onExplain'> {
  text: string;
}

/** To all that is known of the slot's lives, below the rack. Its name begins with what stands on it, for who speaks to the page. */
function LivesButton({ slot, isExplained, onExplain, text }: LivesButtonProps) {
  const t = useTranslations('life');
  return (
    <button
      type="button"
      aria-expanded={isExplained}
      aria-label={`${text}: ${t('livesOf', { name: slot.name })}`}
      title={t('livesOf', { name: slot.name })}
      onClick={() => onExplain(slot.ordinal)}
      className={clsx(
        'rounded underline decoration-dotted underline-offset-2 hover:decoration-solid',
        slot.life > 1 && 'font-bold text-changed',
      )}
    >
      {text}
    </button>
  );
}

function NoPod({ slot, isExplained, onExplain }: Pick<PodCardProps, 'slot' | 'isExplained' | 'onExplain'>) {
  const t = useTranslations('pod');
  return (
    <div className="flex flex-1 flex-col items-start gap-0.5 pt-1 text-faint">
      {slot.scaledAwayAt ? (
        <AgeIn since={slot.scaledAwayAt}>{(age) => t('scaledAway', { age })}</AgeIn>
      ) : (
        <span>{slot.wanted ? t('none') : t('noneWanted')}</span>
      )}
      {slot.life > 0 && (
        <LivesButton {...{ slot, isExplained, onExplain }} text={t('lastLife', { number: slot.life })} />
      )}
      <span data-testid="pod-ip" className="hidden" />
    </div>
  );
}

/** What the slot waits for, in words; Kubernetes' own are one click away. */
function Waits({ slot, isExplained, onExplain }: Pick<PodCardProps, 'slot' | 'isExplained' | 'onExplain'>) {
  const reason = useTranslations('reason');
  const why = useTranslations('why');
  const state = useTranslations('state');
  if (!slot.waitsFor) return null;
  return (
    <div
      className={clsx(
        'mt-auto flex shrink-0 items-end justify-between gap-1.5 pt-1',
        `tone-${slotLooks[slot.state].tone}`,
      )}
    >
      <span
        className={clsx(
          slot.lives.length > 0 ? 'line-clamp-2' : 'line-clamp-3 [@media(max-height:800px)]:line-clamp-2',
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
