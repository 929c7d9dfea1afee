'use client';

import clsx from 'clsx';
import { memo, useMemo, type CSSProperties } from 'react';
import { useTranslations } from 'use-intl';
import type { SlotState } from '../../../lib/board/model';
import type { Gap, Lane, Lanes as LanesModel, Mark, Span } from '../../../lib/history/lanes';
import { wordDuration } from '../../ui/Age';
import { slotLooks } from '../slotState';
import { useClockTime } from './clockTime';
import { useRowsInSight } from './useRowsInSight';
import { extentOf, percentOf, stripUnder, type View } from './view';

/** Of a row, in rem: as the style sheet has it. */
const laneHeight = 1.375;

interface LanesProps {
  model: LanesModel;
  /** Where the history begins: before it nothing is known. */
  start: number;
  isCut: boolean;
  view: View;
  /** How long the view is. */
  length: number;
  /** Where what still is ends: now. */
  end: number;
}

/**
 * One row an ordinal, and over all of them what nobody knows. The rows that are in sight are drawn when something happens in them, not
 * when time passes: then the strip under the window is pushed along.
 */
export const Lanes = memo(function Lanes({ model, start, isCut, view, length, end }: LanesProps) {
  const t = useTranslations('timeline');
  const { from } = stripUnder(view, length);
  const strip = useMemo(() => stripUnder({ from, to: from }, length), [from, length]);
  const { ref, onScroll, rows } = useRowsInSight(model.lanes.length);
  const seen = model.lanes.slice(rows.first, rows.end);
  const above = { paddingTop: `${rows.first * laneHeight}rem` };
  return (
    <div ref={ref} onScroll={onScroll} className="lanes-scroll" tabIndex={0} role="group" aria-label={t('title')}>
      <div className="lanes" style={{ height: `${model.lanes.length * laneHeight}rem` }}>
        <LaneNames lanes={seen} style={above} />
        <div className="lane-window">
          <div className="strip" style={{ ...above, transform: `translateX(${-percentOf(strip, view.from)}%)` }}>
            {seen.map((lane) => (
              <LaneRow key={`${lane.set}/${lane.ordinal}`} lane={lane} strip={strip} />
            ))}
          </div>
          {seen.map((lane, row) => (
            <Lead key={`${lane.set}/${lane.ordinal}`} row={rows.first + row} {...leadOf(lane, view, end)} />
          ))}
          <div className="to-come" style={{ left: `${percentOf(view, end)}%` }} />
          <Unknown
            view={view}
            gap={{ from: Number.NEGATIVE_INFINITY, until: start }}
            words={t(isCut ? 'cut' : 'before')}
          />
          {model.gaps.map((gap) => (
            <Unknown key={gap.from} view={view} gap={gap} words={t('gap')} />
          ))}
        </div>
      </div>
    </div>
  );
});

function LaneNames({ lanes, style }: { lanes: Lane[]; style: CSSProperties }) {
  return (
    <div aria-hidden className="min-w-0" style={style}>
      {lanes.map(({ set, ordinal, name }) => (
        <div key={`${set}/${ordinal}`} className="lane truncate pr-2 font-mono text-xs leading-5" title={name}>
          {name}
        </div>
      ))}
    </div>
  );
}

const LaneRow = memo(function LaneRow({ lane, strip }: { lane: Lane; strip: View }) {
  const name = useLaneName(lane);
  return (
    <div
      role="img"
      aria-label={name}
      className="lane"
      data-testid="lane"
      data-set={lane.set}
      data-ordinal={lane.ordinal}
    >
      <div className="lane-ground">
        {lane.spans.map((span, index) => (
          <Bar
            key={span.from}
            name={lane.name}
            span={span}
            isFirst={span.uid !== lane.spans[index - 1]?.uid}
            isLast={span.uid !== lane.spans[index + 1]?.uid}
            strip={strip}
          />
        ))}
        {lane.marks.map((mark) => (
          <EventMark key={`${mark.uid} ${mark.at}`} mark={mark} strip={strip} />
        ))}
      </div>
    </div>
  );
});

/** At the left edge: what a lane was when the view begins, where it began earlier and goes on for long enough to say so. */
const Lead = memo(function Lead({ row, state, life }: { row: number } & Partial<Pick<Span, 'state' | 'life'>>) {
  if (state === undefined) return null;
  return (
    <div className="lead" style={{ top: `${row * laneHeight}rem` }}>
      <span className={spanClass(state, true)}>
        <SpanWords state={state} life={life} />
      </span>
    </div>
  );
});

/** Less than this share of the view is no place for a word. */
const roomForWords = 0.08;

function leadOf({ spans }: Lane, view: View, end: number): Partial<Pick<Span, 'state' | 'life'>> {
  const span = spans.findLast(({ from }) => from < view.from);
  if (span?.uid === undefined) return {};
  const seen = (Math.min(span.until ?? end, view.to) - view.from) / (view.to - view.from);
  return seen < roomForWords ? {} : { state: span.state, life: span.life };
}

/** What a lane says to who does not see it. */
function useLaneName({ name, spans, marks }: Lane): string {
  const t = useTranslations('timeline');
  const state = useTranslations('state');
  const lives = new Set(spans.flatMap(({ uid }) => (uid === undefined ? [] : [uid]))).size;
  const warnings = marks.filter((mark) => mark.type === 'Warning').length;
  const last = spans.at(-1);
  return t('lane', { name, lives, warnings, state: last ? state(last.state) : '–' });
}

interface BarProps {
  /** Of the slot. */
  name: string;
  span: Span;
  /** Of its life. */
  isFirst: boolean;
  isLast: boolean;
  strip: View;
}

/** One state of one life. Its colour, its pattern and, where there is room, its sign and word say which. */
const Bar = memo(function Bar({ name, span, isFirst, isLast, strip }: BarProps) {
  const title = useTitle();
  // What still is reaches to the end of the strip: what is to come covers the rest.
  const extent = extentOf(strip, span.from, span.until ?? strip.to);
  if (!extent || span.state === 'empty') return null;
  return (
    <span
      data-state={span.state}
      data-life={span.life}
      title={title(name, span)}
      className={clsx(
        spanClass(span.state, span.uid !== undefined),
        isFirst && 'rounded-l-[0.3rem]',
        isLast && 'rounded-r-[0.3rem]',
      )}
      style={{ left: `${extent.left}%`, width: `max(${extent.width}%, 2px)` }}
    >
      <SpanWords state={span.state} life={isFirst ? span.life : undefined} />
    </span>
  );
});

function spanClass(state: SlotState, isLife: boolean): string {
  const { tone, pattern } = slotLooks[state];
  const look = !isLife ? 'no-pod' : state === 'terminating' ? 'leaving' : pattern;
  return clsx('span-bar', `tone-${tone}`, `span-${look}`);
}

function SpanWords({ state, life }: Pick<Span, 'state' | 'life'>) {
  const t = useTranslations('state');
  const { icon: Icon } = slotLooks[state];
  return (
    <>
      <Icon aria-hidden size={11} strokeWidth={2.6} />
      <span>
        {life !== undefined && `#${life} `}
        {t(state)}
      </span>
    </>
  );
}

/** What a bar says when it is pointed at. What still is says since when: a duration would tick in every bar. */
function useTitle(): (name: string, span: Span) => string {
  const t = useTranslations('timeline');
  const word = useTranslations('state');
  const unit = useTranslations('unit');
  const time = useClockTime();
  return (name, { state, status, life, from, until }) => {
    const words = status && status !== 'Running' ? `${word(state)} (${status})` : word(state);
    const parts = { name, life: life ?? 0, state: words, from: time(from) };
    if (until === undefined) return life === undefined ? t('noPodSince', parts) : t('barSince', parts);
    const duration = wordDuration(unit, until - from);
    return life === undefined ? t('noPod', { ...parts, duration }) : t('bar', { ...parts, duration });
  };
}

const EventMark = memo(function EventMark({ mark, strip }: { mark: Mark; strip: View }) {
  const left = percentOf(strip, mark.at);
  if (left < 0 || left > 100) return null;
  return (
    <span
      data-testid="event-mark"
      title={`${mark.reason}: ${mark.message}`}
      className={mark.type === 'Warning' ? 'event-mark event-warning' : 'event-mark'}
      style={{ left: `${left}%` }}
    />
  );
});

function Unknown({ view, gap, words }: { view: View; gap: Gap; words: string }) {
  const extent = extentOf(view, gap.from, gap.until);
  if (!extent || extent.width === 0) return null;
  return (
    <div
      data-testid="unknown"
      title={words}
      className="@container unknown"
      style={{ left: `${extent.left}%`, width: `max(${extent.width}%, 3px)` }}
    >
      <span className="hidden rounded bg-panel px-1.5 py-0.5 text-center text-xs text-muted @min-[5rem]:inline">
        {words}
      </span>
    </div>
  );
}
