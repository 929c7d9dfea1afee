'use client';

import clsx from 'clsx';
import { History } from 'lucide-react';
import { useLayoutEffect, useRef } from 'react';
import { useTranslations } from 'use-intl';
import type { Reason, RevisionView, StatefulSetView } from '../../lib/board/model';
import { useAsk } from '../actions/AskContext';
import { listNames } from '../actions/outcome';
import { AgeIn } from '../ui/Age';
import { shortImage, shortRevision, wordReason } from './words';

const updateReasons: ReadonlySet<Reason['code']> = new Set(['partition', 'onDelete', 'revision']);

/** Which slot runs which revision, how far an update has come, and what holds the others. Open by itself while they differ. */
export function RevisionPanel({ set }: { set: StatefulSetView }) {
  const t = useTranslations('revision');
  const element = useRef<HTMLDetailsElement>(null);
  const { revisions } = set;
  const isMixed = revisions.filter(({ ordinals }) => ordinals.length > 0).length > 1;
  const isUpdating = isMixed || set.currentRevision !== set.updateRevision;
  useLayoutEffect(() => {
    const panel = element.current;
    // What closes under the hand that is about to roll back is worse than what stays open.
    if (panel && (isUpdating || !panel.matches(':hover, :focus-within'))) panel.open = isUpdating;
  }, [isUpdating]);
  return (
    <details
      ref={element}
      className="mt-3 rounded-xl low:order-1 border border-line bg-panel px-4 py-2"
      data-testid="revisions"
    >
      <summary className="text-xs font-semibold text-muted hover:text-ink">
        <History aria-hidden size={13} className="mr-1.5 inline align-[-0.125em]" />
        {t('title', { count: revisions.length })}
        {isUpdating && <Progress set={set} />}
      </summary>
      <ul className="mt-1 divide-y divide-line text-xs">
        {revisions.map((revision) => (
          <RevisionRow key={revision.name} set={set} revision={revision} />
        ))}
      </ul>
      <Waiting set={set} />
    </details>
  );
}

function Progress({ set }: { set: StatefulSetView }) {
  const t = useTranslations('revision');
  const updated = set.revisions.find(({ isUpdate }) => isUpdate)?.ordinals.length ?? 0;
  return (
    <span className="ml-3 font-normal">
      <span aria-hidden className="mr-2 inline-block h-1.5 w-24 overflow-hidden rounded-full bg-line align-middle">
        <span
          className="block h-full bg-changed"
          style={{ width: `${(100 * updated) / Math.max(1, set.replicas)}%` }}
        />
      </span>
      {t('progress', { updated, replicas: set.replicas })}
    </span>
  );
}

function RevisionRow({ set, revision }: { set: StatefulSetView; revision: RevisionView }) {
  const t = useTranslations('revision');
  const ask = useAsk();
  const { name, number, images, ordinals, isUpdate, isCurrent, createdAt } = revision;
  const role = isUpdate ? (isCurrent ? 'only' : 'update') : isCurrent ? 'current' : undefined;
  return (
    <li
      className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5 py-1.5"
      data-testid="revision"
      data-revision={name}
      data-ordinals={ordinals.join(' ')}
    >
      <span className={clsx('font-semibold', isUpdate && 'text-changed')}>
        {number === undefined ? t('unnumbered') : t('number', { number })}{' '}
        <span className="font-mono font-normal" title={name}>
          {shortRevision(name)}
        </span>
      </span>
      {role && <span className="text-note text-faint">{t(role)}</span>}
      <span className="min-w-0 truncate font-mono text-muted" title={images.join(', ')}>
        {images.map(shortImage).join(', ')}
      </span>
      <span className="text-ink">
        {ordinals.length === 0
          ? t('nobody')
          : t('runs', { names: listNames(ordinals.map((ordinal) => `${set.name}-${ordinal}`)) })}
      </span>
      {createdAt !== undefined && (
        <span className="text-faint">
          <AgeIn since={createdAt}>{(age) => t('age', { age })}</AgeIn>
        </span>
      )}
      {number !== undefined && !isUpdate && (
        <button
          type="button"
          onClick={() => ask({ kind: 'undo', set: set.name, revision: number })}
          className="ml-auto rounded font-semibold text-accent underline decoration-dotted underline-offset-2 hover:decoration-solid"
        >
          {t('undo', { number })}
        </button>
      )}
    </li>
  );
}

/** Why those that are not updated yet are not, the same reason told once. */
function Waiting({ set }: { set: StatefulSetView }) {
  const t = useTranslations('revision');
  const reason = useTranslations('reason');
  const byReason = new Map<string, string[]>();
  for (const slot of set.slots) {
    if (!slot.waitsFor || !updateReasons.has(slot.waitsFor.code)) continue;
    const words = wordReason(reason, slot.waitsFor);
    byReason.set(words, [...(byReason.get(words) ?? []), slot.name]);
  }
  if (byReason.size === 0) return null;
  return (
    <ul className="border-t border-line pt-1.5 pb-1 text-xs text-muted" data-testid="update-waits">
      {[...byReason].slice(0, 6).map(([words, names]) => (
        <li key={words}>{t('waits', { names: listNames(names), reason: words })}</li>
      ))}
    </ul>
  );
}
