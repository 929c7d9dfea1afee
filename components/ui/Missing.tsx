'use client';

import Link from 'next/link';
import { useTranslations } from 'use-intl';

export function Missing() {
  const t = useTranslations('app.notFound');
  return (
    <main className="grid min-h-dvh place-content-center gap-3 p-6 text-center">
      <p className="text-6xl font-bold tracking-[-0.05em] text-faint">404</p>
      <h1 className="text-xl font-bold tracking-[-0.02em]">{t('title')}</h1>
      <p className="text-muted">{t('text')}</p>
      <Link href="/" className="font-semibold text-accent underline-offset-2 hover:underline">
        {t('back')}
      </Link>
    </main>
  );
}
