'use client';

import { useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import type { Board } from '../../lib/board/model';
import type { Freshness } from '../../lib/stream/freshness';
import { announcementsOf, coalesce, type Announcement } from './announcements';
import { useCause } from './freshnessWords';

const gatherMs = 900;
const mostSaid = 5;

type AnnounceWords = ReturnType<typeof useTranslations<never>>;

function word(t: AnnounceWords, announcement: Announcement): string {
  if (announcement.key !== 'state') return t(`announce.${announcement.key}`, { set: announcement.set });
  const { name, ip } = announcement;
  const state = t(`state.${announcement.state}`);
  return ip ? t('announce.stateIp', { name, state, ip }) : t('announce.state', { name, state });
}

/** Says what changes, politely and gathered: a set of ten that starts must not be read out frame by frame. */
export function Announcer({ board, freshness }: { board?: Board; freshness: Freshness }) {
  const t = useTranslations();
  const cause = useCause(freshness);
  const before = useRef<Board>(undefined);
  const waiting = useRef<Announcement[]>([]);
  const [said, setSaid] = useState('');

  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  useEffect(() => {
    if (board && before.current)
      waiting.current = coalesce([...waiting.current, ...announcementsOf(before.current, board)]);
    before.current = board;
    // Counted from the first change: a board on which something moves all the time must be heard too.
    if (waiting.current.length === 0 || timer.current !== undefined) return;
    timer.current = setTimeout(() => {
      timer.current = undefined;
      const all = waiting.current;
      waiting.current = [];
      const words = all.slice(0, mostSaid).map((announcement) => word(t, announcement));
      if (all.length > mostSaid) words.push(t('announce.more', { count: all.length - mostSaid }));
      setSaid(words.join('. '));
    }, gatherMs);
  }, [board, t]);

  useEffect(() => () => clearTimeout(timer.current), []);

  return (
    <div className="sr-only">
      <p aria-live="polite" data-testid="announcer">
        {said}
      </p>
      <p aria-live="polite">{freshness.state === 'live' ? t('announce.live') : t('announce.stale', { cause })}</p>
    </div>
  );
}
