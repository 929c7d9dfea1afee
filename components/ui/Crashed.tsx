'use client';

import { useTranslations } from 'use-intl';
import { Button } from './Button';

export function Crashed({ message, onAgain }: { message: string; onAgain(): void }) {
  const t = useTranslations('app.crashed');
  return (
    <main role="alert" className="mx-auto grid min-h-dvh max-w-lg content-center gap-3 p-6">
      <h1 className="text-xl font-bold tracking-[-0.02em]">{t('title')}</h1>
      <p className="text-muted">{t('text')}</p>
      <pre className="overflow-x-auto rounded-lg bg-code p-3 font-mono text-xs text-code-ink">{message}</pre>
      <Button look="primary" onClick={onAgain} className="justify-self-start">
        {t('again')}
      </Button>
    </main>
  );
}
