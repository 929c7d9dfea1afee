'use client';

import clsx from 'clsx';
import { memo } from 'react';
import { useTranslations } from 'use-intl';
import type { Gap, Lane, Lanes as LanesModel, Mark, Span } from '../../../lib/history/lanes';
import { wordDuration } from '../../ui/Age';
import { slotLooks } from '../slotState';
import { useClockTime } from './clockTime';
import { extentOf, percentOf, type View } from './view';

interface InView {
  view: View;
  /** Where what still is ends: now. */
  end: number;
}

interface LanesProps extends InView {
  model: LanesModel;
  /** Where the history begins: before it nothing is known. */
  start: number;
  isCut: boolean;
}

/** One row an ordinal, and over all of them what nobody knows. */
export const Lanes = memo(function Lanes({ model, start, isCut, view, end }: LanesProps) {
  const t = useTranslations('timeline');
  return (
    <div className="relative grid">
      {model.lanes.map((lane) => (
        <LaneRow key={`${lane.set}/${lane.ordinal}`} lane={lane} view={view} end={end} />
      ))}
      <div className="pointer-events-none absolute inset-y-0 right-0 left-(--names)">
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
  );
});

const LaneRow = memo(function LaneRow({ lane, view, end }: InView & { lane: Lane }) {
  const name = useLaneName(lane);
  return (
    <div className="lane" data-testid="lane" data-set={lane.set} data-ordinal={lane.ordinal}>
      <span className="truncate pr-2 font-mono text-xs" title={lane.name}>
        {lane.name}
      </span>
      <div role="img" aria-label={name} className="relative h-full rounded-sm bg-page">
        {lane.spans.map((span, index) => (
          <Bar
            key={span.from}
            lane={lane}
            span={span}
            isFirst={span.uid !== lane.spans[index - 1]?.uid}
            isLast={span.uid !== lane.spans[index + 1]?.uid}
            view={view}
            end={end}
          />
        ))}
        {lane.marks.map((mark) => (
          <EventMark key={`${mark.uid} ${mark.at}`} mark={mark} view={view} />
        ))}
      </div>
    </div>
  );
});

/** What a lane says to who does not see it. */
function useLaneName({ name, spans, marks }: Lane): string {
  const t = useTranslations('timeline');
  const state = useTranslations('state');
  const lives = new Set(spans.flatMap(({ uid }) => (uid === undefined ? [] : [uid]))).size;
  const warnings = marks.filter((mark) => mark.type === 'Warning').length;
  const last = spans.at(-1);
  return t('lane', { name, lives, warnings, state: last ? state(last.state) : '–' });
}

interface BarProps extends InView {
  lane: Lane;
  span: Span;
  /** Of its life. */
  isFirst: boolean;
  isLast: boolean;
}

/** One state of one life. Its colour, its pattern and, where there is room, its sign and word say which. */
function Bar({ lane, span, isFirst, isLast, view, end }: BarProps) {
  const t = useTranslations('timeline');
  const state = useTranslations('state');
  const unit = useTranslations('unit');
  const time = useClockTime();
  const until = span.until ?? Math.max(end, span.from);
  const extent = extentOf(view, span.from, until);
  if (!extent || span.state === 'empty') return null;
  const { icon: Icon, tone, pattern } = slotLooks[span.state];
  const parts = {
    name: lane.name,
    state: span.status && span.status !== 'Running' ? `${state(span.state)} (${span.status})` : state(span.state),
    from: time(span.from),
    duration: wordDuration(unit, until - span.from),
  };
  return (
    <span
      data-state={span.state}
      data-life={span.life}
      title={span.life === undefined ? t('noPod', parts) : t('bar', { ...parts, life: span.life })}
      className={clsx(
        '@container span-bar',
        `tone-${tone}`,
        span.uid === undefined ? 'span-no-pod' : `span-${span.state === 'terminating' ? 'leaving' : pattern}`,
        isFirst && 'rounded-l-[0.3rem]',
        isLast && 'rounded-r-[0.3rem]',
      )}
      style={{ left: `${extent.left}%`, width: `max(${extent.width}%, 2px)` }}
    >
      <span className="hidden items-center gap-1 px-1 @min-[1.25rem]:flex">
        <Icon aria-hidden size={11} strokeWidth={2.6} className="shrink-0" />
        <span className="hidden truncate @min-[4.5rem]:inline">
          {isFirst && span.life !== undefined && `#${span.life} `}
          {state(span.state)}
        </span>
      </span>
    </span>
  );
}

function EventMark({ mark, view }: { mark: Mark; view: View }) {
  const left = percentOf(view, mark.at);
  if (left < 0 || left > 100) return null;
  return (
    <span
      data-testid="event-mark"
      title={`${mark.reason}: ${mark.message}`}
      className={mark.type === 'Warning' ? 'event-mark event-warning' : 'event-mark'}
      style={{ left: `${left}%` }}
    />
  );
}

function Unknown({ view, gap, words }: { view: View; gap: Gap; words: string }) {
  const extent = extentOf(view, gap.from, gap.until);
  if (!extent || extent.width === 0) return null;
  return (
    <div
      data-testid="unknown"
      title={words}
      className="@container unknown pointer-events-auto"
      style={{ left: `${extent.left}%`, width: `max(${extent.width}%, 3px)` }}
    >
      <span className="hidden rounded bg-panel px-1.5 py-0.5 text-center text-xs text-muted @min-[5rem]:inline">
        {words}
      </span>
    </div>
  );
}
