'use client';

import { useTranslations } from 'use-intl';
import type { DepartedPod } from '../../../lib/board/model';
import { AgeIn, Age } from '../../ui/Age';
import { PodName } from './PodName';

/** Of fixed height, so that nothing below it moves when one more is gone. */
export function DepartedList({ departed }: { departed: DepartedPod[] }) {
  const t = useTranslations('deployment');
  return (
    <div data-testid="departed-list">
      <p className="text-xs text-faint">
        <b className="font-semibold text-gone">{t('gone')}.</b> {t('goneNote')}
      </p>
      <div
        className="mt-1 h-[6.5rem] overflow-y-auto rounded-lg border border-dashed border-line px-2.5 py-1"
        tabIndex={0}
        role="group"
        aria-label={t('gone')}
      >
        {departed.length === 0 && <p className="py-1 text-xs text-faint">{t('goneNone')}</p>}
        <ul className="grid text-xs">
          {departed.map((pod) => (
            <Departed key={pod.uid} pod={pod} />
          ))}
        </ul>
      </div>
    </div>
  );
}

function Departed({ pod }: { pod: DepartedPod }) {
  const t = useTranslations('deployment');
  return (
    <li
      data-testid="departed"
      data-name={pod.name}
      data-instead={pod.instead}
      className="arrive border-b border-line py-1 last:border-b-0"
    >
      <div className="flex items-baseline justify-between gap-2">
        <span className="sr-only">
          <AgeIn since={pod.until}>{(age) => t('goneName', { name: pod.name, age })}</AgeIn>
        </span>
        <s aria-hidden className="min-w-0 text-muted decoration-gone">
          <PodName name={pod.name} />
        </s>
        <span aria-hidden className="shrink-0 text-faint">
          <Age since={pod.until} />
        </span>
      </div>
      {pod.instead !== undefined && (
        <div className="text-faint">
          {t('instead')} <PodName name={pod.instead} className="text-changed" />
        </div>
      )}
    </li>
  );
}
