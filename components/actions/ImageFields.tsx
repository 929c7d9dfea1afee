'use client';

import { useTranslations } from 'use-intl';
import type { Board } from '../../lib/board/model';
import { Choice, field, Labelled } from './FileTargetFields';
import type { PlanOptions } from './plan';

interface ImageFieldsProps {
  board: Board;
  deployment: string;
  options: PlanOptions;
  onChange(options: PlanOptions): void;
  isDisabled: boolean;
}

/** Which container gets which image. What is there now stands in the field, to be changed rather than typed anew. */
export function ImageFields({ board, deployment, options, onChange, isDisabled }: ImageFieldsProps) {
  const t = useTranslations();
  const containers = board.deployments.find(({ name }) => name === deployment)?.containers ?? [];
  const chosen = options.image?.container ?? containers[0]?.name ?? '';
  const present = containers.find(({ name }) => name === chosen)?.image ?? '';
  const change = (container: string, image: string) =>
    onChange({ ...options, image: { container, image: image.trim() } });
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_minmax(0,2fr)] gap-3 max-sm:grid-cols-1">
      <Choice
        label={t('file.container')}
        value={chosen}
        names={containers.map(({ name }) => name)}
        onChoose={(name) => change(name, containers.find((container) => container.name === name)?.image ?? '')}
      />
      <Labelled label={t('set.image')}>
        <input
          value={options.image?.image ?? present}
          disabled={isDisabled}
          spellCheck={false}
          autoCapitalize="off"
          autoComplete="off"
          onChange={(event) => change(chosen, event.target.value)}
          className={`${field} font-mono`}
        />
      </Labelled>
    </div>
  );
}
