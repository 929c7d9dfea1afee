'use client';

import clsx from 'clsx';
import { ChevronDown, ChevronUp, Download, FolderOpen, Pause, Play } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { speeds, type Command, type Replay, type Speed } from '../../../lib/history/replay';
import { lengths, type Length } from './view';

interface TimelineBarProps {
  replay: Replay;
  /** It has an end, and no live. */
  isRecording: boolean;
  length: Length;
  isOpen: boolean;
  onLength: (length: Length) => void;
  onOpen: (isOpen: boolean) => void;
  onCommand: (command: Command) => void;
  onSave: () => void;
}

const speedWords: Record<Speed, string> = { 0.25: '¼×', 1: '1×', 4: '4×' };

/** Stand still, play, play slower or faster, be live again; and how much of the past is in view. */
export function TimelineBar({
  replay,
  isRecording,
  length,
  isOpen,
  onLength,
  onOpen,
  onCommand,
  onSave,
}: TimelineBarProps) {
  const t = useTranslations('timeline');
  const recording = useTranslations('recording');
  const isPlaying = replay.mode === 'playing';
  const isStill = replay.mode === 'paused';
  return (
    <div className="mb-1.5 flex flex-wrap items-center gap-x-2 gap-y-1.5">
      <h2 className="text-xs font-bold tracking-wide text-muted uppercase">{t('title')}</h2>
      <p className="text-xs text-faint max-lg:hidden">{t('note')}</p>
      <div className="ml-auto flex flex-wrap items-center gap-1.5">
        <Pill
          does="pause"
          label={t(isStill ? 'play' : 'pause')}
          onClick={() => onCommand({ kind: isStill ? 'play' : 'pause' })}
        >
          {isStill ? <Play aria-hidden size={13} /> : <Pause aria-hidden size={13} />}
        </Pill>
        <div role="group" aria-label={t('speed')} className="flex gap-1">
          {speeds.map((speed) => (
            <Pill
              key={speed}
              label={t('playAt', { speed: speedWords[speed] })}
              isOn={isPlaying && replay.speed === speed}
              onClick={() => onCommand({ kind: 'play', speed })}
            >
              {speedWords[speed]}
            </Pill>
          ))}
        </div>
        {!isRecording && (
          <Pill
            does="live"
            label={t('toLive')}
            isOn={replay.mode === 'live'}
            onClick={() => onCommand({ kind: 'live' })}
          >
            <span
              aria-hidden
              className={clsx(
                'size-2 rounded-full',
                replay.mode === 'live' ? 'bg-ready' : 'border-[1.5px] border-muted',
              )}
            />
            {t('live')}
          </Pill>
        )}
        <select
          aria-label={t('length')}
          value={length}
          onChange={(event) => onLength(lengths.find((one) => String(one) === event.target.value) ?? length)}
          className="h-7 rounded-full border border-line bg-panel px-2 text-xs text-muted"
        >
          {lengths.map((one) => (
            <option key={one} value={one}>
              {t('minutes', { n: one / 60_000 })}
            </option>
          ))}
        </select>
        {!isRecording && (
          <>
            <Pill label={recording('save')} onClick={onSave}>
              <Download aria-hidden size={13} />
            </Pill>
            <Link
              href="/recordings"
              aria-label={recording('open')}
              title={recording('open')}
              className="inline-flex h-7 min-w-8 items-center justify-center rounded-full border border-line px-2 text-muted transition-colors hover:border-muted hover:text-ink"
            >
              <FolderOpen aria-hidden size={13} />
            </Link>
          </>
        )}
        <Pill
          does="timeline"
          label={t(isOpen ? 'hideLanes' : 'showLanes')}
          isExpanded={isOpen}
          onClick={() => onOpen(!isOpen)}
        >
          {isOpen ? <ChevronDown aria-hidden size={14} /> : <ChevronUp aria-hidden size={14} />}
        </Pill>
      </div>
    </div>
  );
}

interface PillProps {
  label: string;
  /** What a key for the same thing finds it by. */
  does?: string;
  isOn?: boolean;
  isExpanded?: boolean;
  onClick: () => void;
  children: ReactNode;
}

function Pill({ label, does, isOn, isExpanded, onClick, children }: PillProps) {
  return (
    <button
      type="button"
      data-does={does}
      aria-label={label}
      title={label}
      aria-pressed={isOn}
      aria-expanded={isExpanded}
      onClick={onClick}
      className="inline-flex h-7 min-w-8 items-center justify-center gap-1.5 rounded-full border border-line px-2 text-xs font-semibold text-muted transition-colors hover:border-muted hover:text-ink aria-pressed:border-accent aria-pressed:bg-accent-ground aria-pressed:text-accent"
    >
      {children}
    </button>
  );
}
