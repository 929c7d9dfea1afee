'use client';

import { CircleCheckBig, LoaderCircle } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import type { Board } from '../../lib/board/model';
import type { Lab } from '../../lib/lab/lab';
import { useWords } from '../lab/words';
import { Button } from '../ui/Button';
import { CommandLine } from '../ui/CommandLine';
import { Dialog } from '../ui/Dialog';
import { ErrorNote } from './ErrorNote';
import { OutcomeList } from './OutcomeList';
import { planOf, type Plan, type PlannedAsk, type PlanOptions } from './plan';
import { RadioGroup } from './RadioGroup';
import { useActionRunner } from './ActionContext';
import { useAction, type ActionState } from './useAction';

export interface DialogBasics {
  board: Board;
  isLive: boolean;
  onClose(): void;
  onReturnFocus(): void;
}

interface ActionDialogProps extends DialogBasics {
  ask: PlannedAsk;
  labs: Lab[];
}

/** One question about one action: what goes, what stays, the kubectl line, and then yes or no. */
export function ActionDialog({ board, isLive, ask, labs, onClose, onReturnFocus }: ActionDialogProps) {
  const t = useTranslations('action');
  const words = useWords();
  const { state, run } = useAction();
  const [options, setOptions] = useState<PlanOptions>({ cascade: 'background', alsoClaims: true });
  const lab = 'lab' in ask ? labs.find((candidate) => candidate.name === ask.lab) : undefined;
  const plan = planOf(board, ask, options, lab);
  // Once it is done the board moves on, and with it what would come of doing it: the question stays as it was asked.
  const [confirmed, setConfirmed] = useState<Plan>();
  const shown = confirmed ?? plan;
  const title = nameOf(t, shown, lab ? words(lab.title) : '');

  const confirm = async () => {
    setConfirmed(plan);
    const accepted = await run(...plan.actions);
    if (!accepted) setConfirmed(undefined);
    else if (!accepted.warnings) onClose();
  };

  return (
    <Dialog
      title={title}
      onClose={onClose}
      onReturnFocus={onReturnFocus}
      footer={<Footer state={state} title={title} plan={shown} onConfirm={() => void confirm()} onClose={onClose} />}
    >
      {!isLive && <p className="rounded-lg bg-wait-ground px-3 py-2 text-xs text-wait">{t('stale')}</p>}
      {shown.isGone && state.phase === 'idle' ? (
        <p className="text-muted">{t('gone')}</p>
      ) : (
        <OutcomeList outcome={shown.outcome} />
      )}
      <Options
        ask={ask}
        options={options}
        onChange={setOptions}
        isDisabled={state.phase !== 'idle' && state.phase !== 'refused'}
      />
      <KubectlLines plan={shown} />
      {state.phase === 'refused' && <ErrorNote error={state.error} />}
      {state.phase === 'accepted' && (
        <p role="status" className="flex items-start gap-2 text-ready">
          <CircleCheckBig aria-hidden size={17} className="mt-px shrink-0" />
          {[t('accepted'), ...(state.value.warnings ?? [])].join(' ')}
        </p>
      )}
    </Dialog>
  );
}

export function nameOf(t: ReturnType<typeof useTranslations<'action'>>, { title, subject }: Plan, lab: string): string {
  if (title === 'deletePods' || title === 'deleteSet') return t(title, { set: subject });
  if (title === 'cleanUpLab') return t(title, { lab });
  return t(title, { name: subject });
}

interface FooterProps {
  state: ActionState;
  title: string;
  plan: Plan;
  onConfirm(): void;
  onClose(): void;
}

function Footer({ state, title, plan, onConfirm, onClose }: FooterProps) {
  const t = useTranslations('action');
  const isWorking = state.phase === 'working';
  if (state.phase === 'accepted') return <Button onClick={onClose}>{t('close')}</Button>;
  return (
    <>
      <Button look="quiet" onClick={onClose}>
        {t('cancel')}
      </Button>
      <Button
        look="danger"
        onClick={onConfirm}
        disabled={isWorking || plan.actions.length === 0 || (plan.isGone && state.phase === 'idle')}
      >
        {isWorking && <LoaderCircle aria-hidden size={15} className="turn" />}
        {isWorking ? t('working') : title}
      </Button>
    </>
  );
}

interface OptionsProps {
  ask: PlannedAsk;
  options: PlanOptions;
  onChange(options: PlanOptions): void;
  isDisabled: boolean;
}

function Options({ ask, options, onChange, isDisabled }: OptionsProps) {
  const t = useTranslations('action');
  if (ask.kind === 'deleteSet')
    return (
      <RadioGroup
        label={t('cascade')}
        value={options.cascade}
        isDisabled={isDisabled}
        options={[
          { value: 'background', text: t('cascadeBackground') },
          { value: 'orphan', text: t('cascadeOrphan') },
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
  return null;
}

function KubectlLines({ plan }: { plan: Plan }) {
  const t = useTranslations('action');
  const { lineOf } = useActionRunner();
  const lines = plan.actions.map(lineOf).filter(Boolean);
  if (lines.length === 0) return null;
  return (
    <div>
      <div className="mb-1 text-note font-semibold text-faint">{t('sameWith')}</div>
      <CommandLine line={lines.join('\n')} />
    </div>
  );
}
