'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'use-intl';
import { useContexts, useNamespaces } from '../http';
import { ChoiceChip } from '../ui/ChoiceChip';

/** Which cluster this is, and which namespace of it; choosing another one goes to its board. */
export function NamespaceChoice({ namespace }: { namespace: string }) {
  const t = useTranslations('app');
  const router = useRouter();
  const contexts = useContexts();
  const { data, mutate } = useNamespaces();
  const names = data?.namespaces.map(({ name }) => name) ?? [];
  const known = names.includes(namespace) ? names : [namespace, ...names];
  const sets = new Map(data?.namespaces.map(({ name, sets: count }) => [name, count]));
  const options = known.map((name) => ({ value: name, text: sets.get(name) ? `${name} (${sets.get(name)})` : name }));
  const version = contexts.data?.version;
  return (
    <div className="flex min-w-0 items-center gap-2 text-[0.8125rem] max-sm:order-1 max-sm:min-w-[7.5rem] max-sm:flex-1">
      {contexts.data && (
        <span className="truncate text-muted max-md:hidden" title={t('context')} data-testid="context">
          {contexts.data.practice ? t('practice') : contexts.data.current.name}
          {version && <span className="ml-1.5 font-mono text-note text-faint low:hidden">{version}</span>}
        </span>
      )}
      <span aria-hidden className="text-faint max-md:hidden">
        ›
      </span>
      {/* A namespace may have been made since the list was read: read it again when somebody reaches for it. */}
      <span onFocus={() => void mutate()} onPointerEnter={() => void mutate()} className="min-w-0">
        <ChoiceChip
          label={t('namespace')}
          value={namespace}
          options={options}
          onChoose={(name) => router.push(`/boards/${encodeURIComponent(name)}`)}
          className="max-w-[14rem]"
        />
      </span>
    </div>
  );
}
