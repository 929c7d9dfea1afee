'use client';

import { useState } from 'react';
import { useTranslations } from 'use-intl';
import type { Ask } from './AskContext';
import { none } from './outcome';
import { Question, type DialogBasics } from './Question';
import { UpdateFields } from './UpdateFields';
import { canaryPartition, undoPlan, updatePlan, type UpdateOptions } from './updatePlan';

interface UpdateDialogProps extends DialogBasics {
  ask: Extract<Ask, { kind: 'update' | 'undo' }>;
}

const gone = { actions: [], outcome: none(), isGone: true };

/** What changes a set's template or how it is rolled out: who is replaced and who keeps what, before anything is done. */
export function UpdateDialog({ board, ask, ...basics }: UpdateDialogProps) {
  const t = useTranslations('action');
  const [options, setOptions] = useState<UpdateOptions>({ what: 'image', reach: 'asSet' });
  const set = board.sets.find((candidate) => candidate.name === ask.set);
  if (ask.kind === 'undo') {
    const plan = set ? undoPlan(board.namespace, set, ask.revision) : gone;
    const isGone = plan.actions.length === 0;
    const title = t('undo', { set: ask.set, revision: ask.revision });
    return <Question {...basics} look="primary" title={title} plan={{ ...plan, isGone }} />;
  }
  if (!set) return <Question {...basics} look="primary" title={t('setImage', { set: ask.set })} plan={gone} />;
  const { title, ...plan } = updatePlan(board.namespace, set, options);
  const last = `${set.name}-${set.start + canaryPartition(set)}`;
  return (
    <Question
      {...basics}
      look="primary"
      title={title === 'canary' ? t('canary', { name: last }) : t(title, { set: ask.set })}
      plan={{ ...plan, isGone: false }}
      options={(isDisabled) => <UpdateFields {...{ set, options, isDisabled }} onChange={setOptions} />}
    />
  );
}
