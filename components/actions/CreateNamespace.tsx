'use client';

import { Plus } from 'lucide-react';
import { useTranslations } from 'use-intl';
import type { ApplyAction } from '../../lib/actions/contracts';
import { Button } from '../ui/Button';
import { CommandLine } from '../ui/CommandLine';
import { useActionRunner } from './ActionContext';
import { ErrorNote } from './ErrorNote';
import { useAction } from './useAction';

/** JSON is YAML too, and quotes any name rightly. */
const namespaceManifest = (name: string) =>
  `apiVersion: v1\nkind: Namespace\nmetadata:\n  name: ${JSON.stringify(name)}\n`;

/** The way out of a board whose namespace is not there. */
export function CreateNamespace({ namespace }: { namespace: string }) {
  const t = useTranslations('action');
  const { lineOf } = useActionRunner();
  const { state, run } = useAction();
  const action: ApplyAction = { kind: 'apply', namespace, yaml: namespaceManifest(namespace) };
  return (
    <div className="grid justify-items-start gap-4">
      <Button
        look="primary"
        className="min-h-10! px-5!"
        disabled={state.phase === 'working'}
        onClick={() => void run(action)}
      >
        <Plus aria-hidden size={16} />
        {state.phase === 'working' ? t('working') : t('createNamespace', { name: namespace })}
      </Button>
      {state.phase === 'refused' && <ErrorNote error={state.error} />}
      {state.phase === 'accepted' && (
        <p role="status" className="text-ready">
          {t('accepted')}
        </p>
      )}
      <details className="w-full min-w-0">
        <summary className="w-fit text-xs font-semibold text-faint hover:text-ink">{t('sameWith')}</summary>
        <div className="mt-2">
          <CommandLine line={lineOf(action)} />
        </div>
      </details>
    </div>
  );
}
