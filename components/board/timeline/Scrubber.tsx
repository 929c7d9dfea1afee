'use client';

import { useCallback, type CSSProperties, type KeyboardEvent, type PointerEvent } from 'react';
import { useTranslations } from 'use-intl';
import type { History } from '../../../lib/history/history';
import type { Command, Cursor } from '../../../lib/history/replay';
import { wordDuration } from '../../ui/Age';
import { useClock } from '../../ui/seconds';
import { useClockTime } from './clockTime';
import { percentOf, ticksOf, timeAt, type View } from './view';

interface ScrubberProps {
  history: History;
  view: View;
  cursor: Cursor;
  end: number;
  isLive: boolean;
  onCommand: (command: Command) => void;
}

const changesOfKey: Record<string, number> = {
  ArrowLeft: -1,
  ArrowRight: 1,
  ArrowDown: -1,
  ArrowUp: 1,
  PageUp: -10,
  PageDown: 10,
};

/** Arrows go from change to change, so that nothing is skipped; Home is the first that is kept, End is live. */
function commandOf(key: string, history: History, isPlaying: boolean): Command | undefined {
  const by = changesOfKey[key];
  if (by !== undefined) return { kind: 'step', by };
  if (key === 'Home') return { kind: 'seek', at: history.start.at };
  if (key === 'End') return { kind: 'live' };
  if (key === ' ') return { kind: isPlaying ? 'pause' : 'play' };
  return undefined;
}

/** Round by the clock that they are written in, the reader's, and told in the history's. */
function roundTimes({ from, to }: View, toPageTime: (serverMs: number) => number): number[] {
  const ahead = toPageTime(from) - from;
  return ticksOf({ from: from + ahead, to: to + ahead }, 6).map((at) => at - ahead);
}

/** The times below the lanes, and the slider over them. */
export function Scrubber({
  history,
  view,
  cursor,
  end,
  isLive,
  isPlaying,
  onCommand,
}: ScrubberProps & { isPlaying: boolean }) {
  const t = useTranslations('timeline');
  const unit = useTranslations('unit');
  const time = useClockTime();
  const { toPageTime } = useClock();
  const onKeyDown = (event: KeyboardEvent) => {
    const command = commandOf(event.key, history, isPlaying);
    if (!command || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    // On the projector arrows mean slots, wherever the focus is.
    event.stopPropagation();
    onCommand(command);
  };
  const all = history.changes.length;
  const words = { time: time(cursor.at), age: wordDuration(unit, end - cursor.at), number: cursor.count, all };
  return (
    <div
      role="slider"
      tabIndex={0}
      aria-label={t('slider')}
      aria-valuemin={Math.round(history.start.at)}
      aria-valuemax={Math.round(end)}
      aria-valuenow={Math.round(cursor.at)}
      aria-valuetext={isLive ? t('atLive', { time: words.time }) : t('at', words)}
      onKeyDown={onKeyDown}
      data-testid="scrubber"
      className="relative ml-(--names) h-7 cursor-ew-resize touch-pan-y rounded select-none"
    >
      {roundTimes(view, toPageTime).map((at) => (
        <span key={at} className="tick" style={tickPlace(view, at, cursor.at)}>
          <span>{time(at)}</span>
        </span>
      ))}
    </div>
  );
}

/** Where a time stands, and how far from the cursor, whose own time is written beside it: on its left where the right has no room. */
function tickPlace(view: View, at: number, cursorAt: number): CSSProperties {
  const share = percentOf(view, at) / 100;
  const cursor = percentOf(view, cursorAt);
  const side = sideOf(cursor);
  const off = share - cursor / 100;
  // In widths of a time: how far its middle must be from the cursor for the two not to touch.
  const apart = side === 'middle' ? 1.1 : (side === 'left') === off < 0 ? 1.7 : 0.6;
  return { '--at': share, '--off': Math.abs(off), '--apart': apart } as CSSProperties;
}

function sideOf(cursor: number): 'left' | 'middle' | 'right' {
  if (cursor > 85) return 'left';
  return cursor < 15 ? 'right' : 'middle';
}

/** The line through all lanes, and its time. */
export function CursorLine({ view, cursor, isLive }: Pick<ScrubberProps, 'view' | 'cursor' | 'isLive'>) {
  const time = useClockTime();
  const left = percentOf(view, cursor.at);
  if (left < 0 || left > 100) return null;
  return (
    <div aria-hidden className="pointer-events-none absolute inset-y-0 right-0 left-(--names) z-10">
      <div className="cursor-line" data-live={isLive} style={{ left: `${left}%` }}>
        <span className="cursor-time" data-side={sideOf(left)}>
          {time(cursor.at)}
        </span>
      </div>
    </div>
  );
}

/** A finger or a mouse anywhere on the lanes takes the cursor there, and with it while it is held. */
export function useDrag(view: View, onCommand: (command: Command) => void) {
  const seek = useCallback(
    ({ clientX, currentTarget }: PointerEvent<HTMLElement>) => {
      const names = currentTarget.querySelector('[data-testid=scrubber]')?.getBoundingClientRect();
      if (names && names.width > 0) onCommand({ kind: 'seek', at: timeAt(view, (clientX - names.left) / names.width) });
    },
    [view, onCommand],
  );
  return {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      seek(event);
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      if (event.currentTarget.hasPointerCapture(event.pointerId)) seek(event);
    },
  };
}
