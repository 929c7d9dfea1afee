'use client';

import { useTranslations } from 'use-intl';
import type { StatefulSetView } from '../../lib/board/model';
import { Labelled } from './FileTargetFields';
import { RadioGroup } from './RadioGroup';
import { canaryPartition, imageOf, type UpdateOptions } from './updatePlan';

interface UpdateFieldsProps {
  set: StatefulSetView;
  options: UpdateOptions;
  onChange(options: UpdateOptions): void;
  isDisabled: boolean;
}

/** What an update changes: the image, how updates go, or nothing but the pods. */
export function UpdateFields({ set, options, onChange, isDisabled }: UpdateFieldsProps) {
  const t = useTranslations('update');
  return (
    <>
      <RadioGroup
        label={t('what')}
        value={options.what}
        isDisabled={isDisabled}
        options={(['image', 'strategy', 'restart'] as const).map((what) => ({ value: what, text: t(what) }))}
        onChoose={(what) => onChange({ ...options, what })}
      />
      {options.what === 'image' && <ImageFields {...{ set, options, onChange, isDisabled }} />}
      {options.what === 'strategy' && <StrategyFields {...{ set, options, onChange, isDisabled }} />}
    </>
  );
}

const field = 'h-9 w-full min-w-0 rounded-lg border border-line-strong bg-panel px-2.5 text-[0.8125rem]';

function ImageFields({ set, options, onChange, isDisabled }: UpdateFieldsProps) {
  const t = useTranslations('update');
  const { container, image } = imageOf(set, options);
  return (
    <>
      {set.containers.length > 1 && (
        <Labelled label={t('container')}>
          <select
            className={field}
            value={container}
            disabled={isDisabled}
            onChange={(event) => onChange({ ...options, container: event.target.value, image: undefined })}
          >
            {set.containers.map(({ name }) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </Labelled>
      )}
      <Labelled label={t('imageOf', { container })}>
        <input
          className={`${field} font-mono`}
          value={image}
          disabled={isDisabled}
          spellCheck={false}
          autoCapitalize="none"
          onChange={(event) => onChange({ ...options, image: event.target.value })}
        />
      </Labelled>
      {set.replicas > 1 && (
        <RadioGroup
          label={t('reach')}
          value={options.reach}
          isDisabled={isDisabled}
          options={[
            { value: 'asSet', text: asItStands(t, set) },
            { value: 'canary', text: t('canary', { name: `${set.name}-${set.start + canaryPartition(set)}` }) },
          ]}
          onChoose={(reach) => onChange({ ...options, reach })}
        />
      )}
    </>
  );
}

function asItStands(t: ReturnType<typeof useTranslations<'update'>>, set: StatefulSetView): string {
  if (set.strategy === 'OnDelete') return t('whoIsDeleted');
  return set.partition === 0 ? t('all') : t('from', { first: set.start + set.partition });
}

function StrategyFields({ set, options, onChange, isDisabled }: UpdateFieldsProps) {
  const t = useTranslations('update');
  const type = options.type ?? set.strategy;
  return (
    <>
      <RadioGroup
        label={t('how')}
        value={type}
        isDisabled={isDisabled}
        options={[
          { value: 'RollingUpdate', text: t('rolling') },
          { value: 'OnDelete', text: t('onDelete') },
        ]}
        onChoose={(chosen) => onChange({ ...options, type: chosen })}
      />
      {type === 'RollingUpdate' && (
        <Labelled label={t('partition')}>
          <input
            className={`${field} tabular-nums`}
            inputMode="numeric"
            value={options.partition ?? String(set.partition)}
            disabled={isDisabled}
            onChange={(event) => onChange({ ...options, partition: event.target.value })}
          />
        </Labelled>
      )}
    </>
  );
}
