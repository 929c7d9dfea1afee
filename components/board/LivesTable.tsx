'use client';

import clsx from 'clsx';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { HeldClaim, LifeEnd, Slot } from '../../lib/board/model';
import { useAge, wordDuration } from '../ui/Age';
import { useClock } from '../ui/seconds';
import { useClockTime } from './timeline/clockTime';
import { shortRevision, shortUid, shortVolume } from './words';

interface Row {
  number: number;
  uid: string;
  ip: string;
  node: string;
  revision: string;
  from: number;
  /** Undefined for the life that the slot is in now. */
  until?: number;
  claims: HeldClaim[];
  end?: LifeEnd;
}

/** The present life first, as a row like any other. */
export function rowsOf({ pod, life, lives, claims }: Slot): Row[] {
  if (!pod) return lives;
  const held = claims.map(({ name, uid, volumeName }) => ({ name, uid, volume: volumeName }));
  return [{ ...pod, number: Math.max(1, life), from: pod.createdAt, claims: held }, ...lives];
}

/** All that was seen of a slot's lives: what each had, and why it ended. What differs from the life before is set in bold. */
export function LivesTable({ slot }: { slot: Slot }) {
  const t = useTranslations('life');
  const rows = rowsOf(slot);
  if (rows.length === 0) return null;
  const heads = ['life', 'time', 'lasted', 'uid', 'ip', 'node', 'revision', 'held', 'ended'] as const;
  return (
    <div
      className="mt-3 overflow-x-auto"
      tabIndex={0}
      role="region"
      aria-label={t('livesOf', { name: slot.name })}
      data-testid="lives"
    >
      <table className="w-full border-collapse text-left text-xs whitespace-nowrap">
        <thead className="text-note text-faint">
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col" className="py-1 pr-4 font-semibold">
                {t(`column.${head}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <LifeRow key={row.uid} row={row} former={rows[index + 1]} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function LifeRow({ row, former }: { row: Row; former: Row | undefined }) {
  const t = useTranslations('life');
  const cell = (value: string, before: string | undefined, title: string) => (
    <Cell isNew={before !== undefined && before !== '' && before !== value} title={title}>
      {value || '—'}
    </Cell>
  );
  return (
    <tr className="border-t border-line align-top">
      <th scope="row" className="py-1 pr-4 font-semibold tabular-nums">
        {t('number', { number: row.number })}
      </th>
      <td className="py-1 pr-4 tabular-nums">
        <ClockTime at={row.from} /> – {row.until === undefined ? t('now') : <ClockTime at={row.until} />}
      </td>
      <td className="py-1 pr-4 tabular-nums">
        {row.until === undefined ? <Running since={row.from} /> : <Lasted milliseconds={row.until - row.from} />}
      </td>
      {cell(shortUid(row.uid), former && shortUid(former.uid), row.uid)}
      {cell(row.ip, former?.ip, row.ip)}
      {cell(row.node, former?.node, row.node)}
      {cell(shortRevision(row.revision), former && shortRevision(former.revision), row.revision)}
      <td className="py-1 pr-4">
        <Held claims={row.claims} former={former?.claims} />
      </td>
      <td className="py-1">{row.until === undefined ? t('running') : t(`end.${row.end ?? 'unseen'}`)}</td>
    </tr>
  );
}

function Cell({ isNew, title, children }: { isNew: boolean; title: string; children: ReactNode }) {
  return (
    <td className={clsx('py-1 pr-4 font-mono', isNew && 'font-bold text-changed')} title={title}>
      {children}
    </td>
  );
}

/** `www-web-1 · pvc-…`; a claim that was made anew has the old name and another uid. */
function Held({ claims, former }: { claims: HeldClaim[]; former: HeldClaim[] | undefined }) {
  const t = useTranslations('life');
  if (claims.length === 0) return <>—</>;
  return claims.map((claim) => {
    const before = former?.find(({ name }) => name === claim.name);
    const isNew = before !== undefined && before.uid !== '' && claim.uid !== '' && before.uid !== claim.uid;
    return (
      <div key={claim.name} className={clsx('font-mono', isNew && 'font-bold text-changed')} title={claim.volume}>
        {claim.name}
        {claim.volume && ` · ${shortVolume(claim.volume)}`}
        {isNew && ` (${t('new')})`}
      </div>
    );
  });
}

function ClockTime({ at }: { at: number }) {
  const time = useClockTime();
  const { toPageTime } = useClock();
  return <time dateTime={new Date(toPageTime(at)).toISOString()}>{time(at)}</time>;
}

function Running({ since }: { since: number }) {
  return <>{useAge(since)}</>;
}

function Lasted({ milliseconds }: { milliseconds: number }) {
  const t = useTranslations('unit');
  return <>{wordDuration(t, milliseconds)}</>;
}
