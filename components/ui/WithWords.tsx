'use client';

import { useMemo, type ReactNode } from 'react';
import { IntlProvider, useLocale, useMessages } from 'use-intl';
import type { Messages } from './messages/en';

interface WithWordsProps {
  /** The part's own rooms of English, fetched with it. Any other language has come whole, when it was chosen. */
  english: Partial<Messages>;
  children: ReactNode;
}

/** For parts that are fetched after the page: their sentences need not be in its first load either. */
export function WithWords({ english, children }: WithWordsProps) {
  const locale = useLocale();
  const messages = useMessages();
  const all = useMemo(() => (locale === 'en' ? { ...messages, ...english } : messages), [locale, messages, english]);
  return (
    <IntlProvider locale={locale} messages={all}>
      {children}
    </IntlProvider>
  );
}
