'use client';

import { Minus, Plus } from 'lucide-react';
import { useEffect, useId, useState } from 'react';
import { useTranslations } from 'use-intl';
import type { Action } from '../../lib/actions/contracts';
import { Button } from '../ui/Button';
import { CommandLine } from '../ui/CommandLine';
import { useActionRunner, useNamespace } from './ActionContext';
import { ErrorNote } from './ErrorNote';
import type { Outcome } from './outcome';
import { OutcomeList } from './OutcomeList';
import { useAction } from './useAction';

const mostReplicas = 999;

export function parseReplicas(text: string): number | undefined {
  const trimmed = text.trim();
  return /^\d{1,3}$/.test(trimmed) ? Math.min(Number(trimmed), mostReplicas) : undefined;
}

interface ScaleControlProps {
  name: string;
  replicas: number;
  actionFor(replicas: number, namespace: string): Action;
  outcomeFor(replicas: number): Outcome;
}

/**
 * − and + act at once; while the pointer or the focus rests on them, what goes and what stays is shown below them. The number shown is
 * always the cluster's own: what was asked for stands beside it until the watch brings it.
 */
export function ScaleControl({ name, replicas: present, actionFor, outcomeFor }: ScaleControlProps) {
  const t = useTranslations();
  const { state, run, reset } = useAction();
  const namespace = useNamespace();
  const [looked, setLooked] = useState<number>();
  const [draft, setDraft] = useState<string>();
  const [asked, setAsked] = useState<number>();
  const preview = useId();

  // The cluster has it: nothing is owed any more.
  if (asked === present) setAsked(undefined);

  const scaleTo = async (replicas: number) => {
    setAsked(replicas);
    setDraft(undefined);
    const accepted = await run(actionFor(replicas, namespace));
    if (!accepted) setAsked(undefined);
  };
  // Pressing + twice quickly means two more, though the first has not come back yet.
  const from = asked ?? present;
  const drafted = draft === undefined ? undefined : parseReplicas(draft);
  const shown = drafted ?? looked;
  const look = (replicas: number | undefined) => () => setLooked(replicas);
  // What is shown lies over the slots: it goes without leaving the button.
  const dismiss = (event: React.KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    setDraft(undefined);
    setLooked(undefined);
  };
  const side = (replicas: number) => ({
    onPointerEnter: look(replicas),
    onFocus: look(replicas),
    onClick: (event: React.MouseEvent) => {
      setLooked(undefined);
      // A finger has seen no preview yet: it gets one, and a button, before anything is done.
      if (isTouch(event)) setDraft(String(replicas));
      else void scaleTo(replicas);
    },
    'aria-describedby': preview,
  });

  return (
    <div
      className="relative"
      onPointerLeave={look(undefined)}
      onKeyDown={dismiss}
      onBlur={(event) => !event.currentTarget.contains(event.relatedTarget) && setLooked(undefined)}
    >
      <form
        className="inline-flex h-8 items-stretch overflow-hidden rounded-lg border border-line-strong bg-panel focus-within:border-muted"
        onSubmit={(event) => {
          event.preventDefault();
          if (drafted !== undefined) void scaleTo(drafted);
        }}
      >
        <SideButton
          label={t('action.scaleDown', { set: name })}
          disabled={from === 0}
          data-does="scaleDown"
          {...side(from - 1)}
        >
          <Minus aria-hidden size={16} />
        </SideButton>
        <input
          aria-label={t('action.scaleField', { set: name })}
          inputMode="numeric"
          value={draft ?? String(present)}
          onChange={(event) => setDraft(event.target.value)}
          onFocus={(event) => event.target.select()}
          className="h-full w-12 border-x border-line bg-transparent text-center text-[0.9375rem] font-semibold tabular-nums"
        />
        <SideButton label={t('action.scaleUp', { set: name })} data-does="scaleUp" {...side(from + 1)}>
          <Plus aria-hidden size={16} />
        </SideButton>
        {drafted !== undefined && (
          <Button
            type="submit"
            look="primary"
            className="min-h-full! rounded-none! border-0!"
            aria-label={t('action.scaleTo', { set: name, replicas: drafted })}
          >
            {t('action.scaleApply')}
          </Button>
        )}
      </form>
      {asked !== undefined && (
        <p
          role="status"
          className="breathe absolute top-full left-0 mt-0.5 text-note font-medium whitespace-nowrap text-wait"
        >
          {t('action.scalePending', { replicas: asked })}
        </p>
      )}
      <div id={preview}>
        {shown !== undefined && shown >= 0 && state.phase !== 'refused' && (
          <Preview action={actionFor(shown, namespace)} outcome={outcomeFor(shown)} />
        )}
      </div>
      {state.phase === 'refused' && <Refusal error={state.error} onClose={reset} />}
    </div>
  );
}

function isTouch({ nativeEvent }: React.MouseEvent): boolean {
  return nativeEvent instanceof PointerEvent && nativeEvent.pointerType === 'touch';
}

interface SideButtonProps extends React.ButtonHTMLAttributes<HTMLButtonElement> {
  label: string;
  'data-does': 'scaleUp' | 'scaleDown';
}

function SideButton({ label, children, ...rest }: SideButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      className="grid h-full w-9 place-items-center text-accent transition-colors hover:bg-accent-ground disabled:opacity-40"
      {...rest}
    >
      {children}
    </button>
  );
}

/** The gap belongs to the panel, so that the pointer can cross it. */
const floating = 'absolute top-full right-0 z-30 w-[min(31rem,calc(100vw-2rem))] pt-2 max-sm:right-auto max-sm:left-0';
const raised = 'rounded-xl border border-line bg-panel p-3.5 shadow-(--shadow-high)';

function Preview({ action, outcome }: { action: Action; outcome: Outcome }) {
  const { lineOf } = useActionRunner();
  const line = lineOf(action);
  return (
    <div className={floating} data-testid="scale-preview">
      <div className={raised}>
        <OutcomeList outcome={outcome} />
        {line && (
          <div className="mt-3">
            <CommandLine line={line} />
          </div>
        )}
      </div>
    </div>
  );
}

function Refusal({ error, onClose }: { error: Parameters<typeof ErrorNote>[0]['error']; onClose(): void }) {
  const t = useTranslations('action');
  useEffect(() => {
    const close = (event: KeyboardEvent) => event.key === 'Escape' && onClose();
    document.addEventListener('keydown', close);
    return () => document.removeEventListener('keydown', close);
  }, [onClose]);
  return (
    <div className={floating}>
      <div className={raised}>
        <ErrorNote error={error} />
        <Button className="mt-2" onClick={onClose}>
          {t('close')}
        </Button>
      </div>
    </div>
  );
}
