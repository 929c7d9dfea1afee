'use client';

import { useState } from 'react';
import { useTranslations } from 'use-intl';
import type { Board } from '../../lib/board/model';
import type { Lab } from '../../lib/lab/lab';
import { useWords } from '../lab/words';
import { ImageFields } from './ImageFields';
import { planOf, type Plan, type PlannedAsk, type PlanOptions } from './plan';
import { Question, type DialogBasics } from './Question';
import { RadioGroup } from './RadioGroup';

interface ActionDialogProps extends DialogBasics {
  ask: PlannedAsk;
  labs: Lab[];
}

/** The question about something that is to go, or to come beside it. */
export function ActionDialog({ board, ask, labs, ...basics }: ActionDialogProps) {
  const t = useTranslations('action');
  const words = useWords();
  const [options, setOptions] = useState<PlanOptions>({ cascade: 'background', alsoClaims: true });
  const lab = 'lab' in ask ? labs.find((candidate) => candidate.name === ask.lab) : undefined;
  const plan = planOf(board, ask, options, lab);
  return (
    <Question
      {...basics}
      title={nameOf(t, plan, lab ? words(lab.title) : '')}
      plan={plan}
      look={ask.kind === 'deployLab' ? 'primary' : 'danger'}
      options={(isDisabled) => <Options {...{ board, ask, options, isDisabled }} onChange={setOptions} />}
    />
  );
}

export function nameOf(t: ReturnType<typeof useTranslations<'action'>>, { title, subject }: Plan, lab: string): string {
  if (title === 'deletePods' || title === 'deleteSet') return t(title, { set: subject });
  if (title === 'cleanUpLab') return t(title, { lab });
  return t(title, { name: subject });
}

interface OptionsProps {
  board: Board;
  ask: PlannedAsk;
  options: PlanOptions;
  onChange(options: PlanOptions): void;
  isDisabled: boolean;
}

function Options({ board, ask, options, onChange, isDisabled }: OptionsProps) {
  const t = useTranslations('action');
  if (ask.kind === 'setDeploymentImage')
    return <ImageFields {...{ board, options, onChange, isDisabled }} deployment={ask.deployment} />;
  if (ask.kind === 'deleteSet' || ask.kind === 'deleteDeployment')
    return (
      <RadioGroup
        label={t('cascade')}
        value={options.cascade}
        isDisabled={isDisabled}
        options={[
          { value: 'background', text: t('cascadeBackground') },
          { value: 'orphan', text: t(ask.kind === 'deleteSet' ? 'cascadeOrphan' : 'cascadeOrphanSets') },
        ]}
        onChoose={(cascade) => onChange({ ...options, cascade })}
      />
    );
  if (ask.kind === 'cleanUpLab')
    return (
      <RadioGroup
        label={t('claimsToo')}
        value={options.alsoClaims ? 'also' : 'keep'}
        isDisabled={isDisabled}
        options={[
          { value: 'also', text: t('alsoClaims') },
          { value: 'keep', text: t('keepClaims') },
        ]}
        onChoose={(choice) => onChange({ ...options, alsoClaims: choice === 'also' })}
      />
    );
  if (ask.kind === 'deployLab')
    return (
      <RadioGroup
        label={t('deployClaims')}
        value={options.sharing === true ? 'sharing' : 'alone'}
        isDisabled={isDisabled}
        options={[
          { value: 'alone', text: t('deployAlone') },
          { value: 'sharing', text: t('deploySharing') },
        ]}
        onChoose={(choice) => onChange({ ...options, sharing: choice === 'sharing' })}
      />
    );
  return null;
}
