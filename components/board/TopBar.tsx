'use client';

import { BookOpen, Maximize, Minimize } from 'lucide-react';
import Link from 'next/link';
import { useEffect, type ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '../ui/Button';
import { LanguageChoice } from '../ui/LanguageChoice';
import { ThemeToggle } from '../ui/ThemeToggle';
import { ToolChoice } from '../ui/ToolChoice';
import { presentStore } from './present/presentStore';
import { usePresenting } from './present/Presenting';

/** The same on every page; a board puts its cluster, namespace and freshness into it. */
export function TopBar({ children, status }: { children?: ReactNode; status?: ReactNode }) {
  const t = useTranslations('app');
  return (
    <header className="sticky top-0 z-40 flex min-h-14 flex-wrap items-center gap-x-3 gap-y-2 border-b border-line bg-panel px-5 py-2 max-sm:px-3">
      <a
        href="#board"
        className="absolute left-3 z-50 -translate-y-20 rounded-lg bg-accent px-3 py-1.5 font-semibold text-on-accent focus:translate-y-0"
      >
        {t('skip')}
      </a>
      <Link href="/" className="flex items-center gap-2.5 rounded-md text-[1.0625rem] font-bold tracking-[-0.03em]">
        <Logo />
        {t('title')}
      </Link>
      {children}
      {/* On a phone the theme stands beside the namespace, and the rest fits into one line below. */}
      <div className="ml-auto flex flex-wrap items-center justify-end gap-2 max-sm:contents">
        {status && <div className="max-sm:order-3">{status}</div>}
        <nav className="max-sm:order-3 max-sm:ml-auto low:hidden">
          <Link
            href="/labs"
            className="block rounded-md px-2 py-1.5 max-sm:px-1 text-[0.8125rem] font-semibold text-muted hover:text-ink"
          >
            <BookOpen aria-hidden size={16} className="sm:hidden" />
            <span className="max-sm:sr-only">{t('labs')}</span>
          </Link>
        </nav>
        <LanguageChoice />
        <ToolChoice />
        <ThemeToggle />
        <PresentToggle />
      </div>
    </header>
  );
}

/** Three pods in order. */
export function Logo() {
  return (
    <svg viewBox="0 0 20 18" width="22" height="20" aria-hidden className="text-accent">
      <rect x="0" y="10" width="5" height="8" rx="1.5" fill="currentColor" opacity="0.55" />
      <rect x="7.5" y="5" width="5" height="13" rx="1.5" fill="currentColor" opacity="0.8" />
      <rect x="15" y="0" width="5" height="18" rx="1.5" fill="currentColor" />
    </svg>
  );
}

function PresentToggle() {
  const t = useTranslations('app');
  const isPresenting = usePresenting();
  useEffect(() => {
    document.documentElement.toggleAttribute('data-present', isPresenting);
  }, [isPresenting]);
  const Icon = isPresenting ? Minimize : Maximize;
  return (
    <Button
      aria-pressed={isPresenting}
      title={t(isPresenting ? 'presentOff' : 'presentOn')}
      onClick={() => presentStore.set(!isPresenting)}
      className="max-sm:hidden"
    >
      <Icon aria-hidden size={15} />
      {t('present')}
    </Button>
  );
}
