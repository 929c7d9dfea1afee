'use client';

import { useId, type ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { ContainerView, PodView } from '../../lib/board/model';
import type { pathProblem } from './filePlace';

interface FileTargetFieldsProps {
  target: {
    pods: PodView[];
    podName: string | undefined;
    container: ContainerView | undefined;
    path: string;
    setPath(path: string): void;
    setPodName(name: string): void;
    chooseContainer(name: string): void;
  };
  problem: ReturnType<typeof pathProblem>;
  onChange(): void;
}

export const field = 'min-h-9 w-full rounded-lg border border-line-strong bg-panel px-2.5 text-[0.8125rem] text-ink';

/** Which pod, which container, which path. */
export function FileTargetFields({ target, problem, onChange }: FileTargetFieldsProps) {
  const t = useTranslations('file');
  const hint = useId();
  const { pods, podName, container, path } = target;
  const pod = pods.find((candidate) => candidate.name === podName);
  if (pods.length === 0) return <p className="text-muted">{t('noPods')}</p>;
  const change =
    <T,>(apply: (value: T) => void) =>
    (value: T) => {
      apply(value);
      onChange();
    };
  return (
    <div className="grid grid-cols-2 gap-3 max-sm:grid-cols-1">
      <Choice
        label={t('pod')}
        value={podName ?? ''}
        names={pods.map(({ name }) => name)}
        onChoose={change(target.setPodName)}
      />
      <Choice
        label={t('container')}
        value={container?.name ?? ''}
        names={pod?.containers.map(({ name }) => name) ?? []}
        onChoose={change(target.chooseContainer)}
      />
      <Labelled label={t('path')} className="col-span-full">
        <input
          value={path}
          spellCheck={false}
          autoCapitalize="off"
          autoComplete="off"
          aria-invalid={problem !== undefined}
          aria-describedby={hint}
          onChange={(event) => change(target.setPath)(event.target.value)}
          className={`${field} font-mono aria-invalid:border-fail`}
        />
        <span id={hint} className={`text-note ${problem ? 'font-semibold text-fail' : 'text-faint'}`}>
          {t(problem ?? 'pathHint')}
        </span>
      </Labelled>
    </div>
  );
}

export function Labelled({ label, className, children }: { label: string; className?: string; children: ReactNode }) {
  return (
    <label className={`grid content-start gap-1 ${className ?? ''}`}>
      <span className="text-note font-semibold text-faint">{label}</span>
      {children}
    </label>
  );
}

interface ChoiceProps {
  label: string;
  value: string;
  names: string[];
  onChoose(name: string): void;
}

export function Choice({ label, value, names, onChoose }: ChoiceProps) {
  return (
    <Labelled label={label}>
      <select value={value} onChange={(event) => onChoose(event.target.value)} className={`${field} font-mono`}>
        {!names.includes(value) && <option value={value}>{value}</option>}
        {names.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </select>
    </Labelled>
  );
}
