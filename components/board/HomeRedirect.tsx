'use client';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { useTranslations } from 'use-intl';
import { useNamespaces } from '../http';
import { lastBoard } from './lastBoard';

/** To the board seen last; else to the one the server names; else, when nobody answers, to the one every cluster has. */
export function HomeRedirect() {
  const t = useTranslations('app');
  const router = useRouter();
  const { data, error } = useNamespaces();
  useEffect(() => {
    const namespace = lastBoard() ?? data?.defaultNamespace ?? (error ? 'default' : undefined);
    if (namespace !== undefined) router.replace(`/boards/${encodeURIComponent(namespace)}`);
  }, [router, data, error]);
  return (
    <p role="status" className="grid min-h-dvh place-content-center text-faint">
      {t('loading')}
    </p>
  );
}
