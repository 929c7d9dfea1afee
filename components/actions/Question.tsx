'use client';

import { CircleCheckBig, LoaderCircle } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { Action } from '../../lib/actions/contracts';
import type { Board } from '../../lib/board/model';
import { Button } from '../ui/Button';
import { CommandLine } from '../ui/CommandLine';
import { Dialog } from '../ui/Dialog';
import { useActionRunner } from './ActionContext';
import { ErrorNote } from './ErrorNote';
import type { Outcome } from './outcome';
import { OutcomeList } from './OutcomeList';
import { useAction, type ActionState } from './useAction';

export interface DialogBasics {
  board: Board;
  isLive: boolean;
  onClose(): void;
  onReturnFocus(): void;
}

/** What a dialog would do, and what would come of it. */
export interface Asked {
  actions: Action[];
  outcome: Outcome;
  /** What it is about is no longer there: somebody else was quicker. */
  isGone: boolean;
}

interface QuestionProps extends Omit<DialogBasics, 'board'> {
  title: string;
  plan: Asked;
  look?: 'danger' | 'primary';
  /** What can be chosen; it stands still while the cluster is asked. */
  options?(isDisabled: boolean): ReactNode;
}

/** One question about one action: what goes, what stays, the kubectl line, and then yes or no. */
export function Question({ title, plan, look = 'danger', options, isLive, onClose, onReturnFocus }: QuestionProps) {
  const t = useTranslations('action');
  const { state, run } = useAction();
  // Once it is done the board moves on, and with it what would come of doing it: the question stays as it was asked.
  const [confirmed, setConfirmed] = useState<Asked>();
  const shown = confirmed ?? plan;

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
      footer={<Footer {...{ state, title, look, onClose }} plan={shown} onConfirm={() => void confirm()} />}
    >
      {!isLive && <p className="rounded-lg bg-wait-ground px-3 py-2 text-xs text-wait">{t('stale')}</p>}
      {shown.isGone && state.phase === 'idle' ? (
        <p className="text-muted">{t('gone')}</p>
      ) : (
        <OutcomeList outcome={shown.outcome} />
      )}
      {options?.(state.phase !== 'idle' && state.phase !== 'refused')}
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

interface FooterProps {
  state: ActionState;
  title: string;
  look: 'danger' | 'primary';
  plan: Asked;
  onConfirm(): void;
  onClose(): void;
}

function Footer({ state, title, look, plan, onConfirm, onClose }: FooterProps) {
  const t = useTranslations('action');
  const isWorking = state.phase === 'working';
  if (state.phase === 'accepted') return <Button onClick={onClose}>{t('close')}</Button>;
  return (
    <>
      <Button look="quiet" onClick={onClose}>
        {t('cancel')}
      </Button>
      <Button
        look={look}
        onClick={onConfirm}
        disabled={isWorking || plan.actions.length === 0 || (plan.isGone && state.phase === 'idle')}
      >
        {isWorking && <LoaderCircle aria-hidden size={15} className="turn" />}
        {isWorking ? t('working') : title}
      </Button>
    </>
  );
}

function KubectlLines({ plan }: { plan: Asked }) {
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
