'use client';

import { useEffect, useState, useSyncExternalStore, type ReactNode } from 'react';
import { IntlProvider } from 'use-intl';
import { localeStore, type Locale } from './locale';
import type { Messages } from './messages/en';
import { firstEnglish } from './messages/firstEnglish';
import { untilLoaded } from './untilLoaded';

declare module 'use-intl' {
  interface AppConfig {
    Locale: Locale;
    Messages: Messages;
  }
}

type Loadable = Messages | typeof firstEnglish;

interface Loaded {
  locale: Locale;
  messages: Loadable;
}

const fetchSpanish = untilLoaded(() => import('./messages/es'));

async function wordsOf(locale: Locale): Promise<Loadable> {
  return locale === 'es' ? (await fetchSpanish()).es : firstEnglish;
}

/**
 * English comes with the page; another language is fetched once it is chosen. The static shell is in English and says
 * little; a reader of another language waits for one small file rather than watch the words change.
 */
export function I18nProvider({ children }: { children: ReactNode }) {
  const locale = useSyncExternalStore(localeStore.subscribe, localeStore.current, localeStore.onServer);
  const [loaded, setLoaded] = useState<Loaded>({ locale: 'en', messages: firstEnglish });

  useEffect(() => {
    let isCurrent = true;
    document.documentElement.lang = locale;
    void wordsOf(locale).then((messages) => isCurrent && setLoaded({ locale, messages }));
    return () => {
      isCurrent = false;
    };
  }, [locale]);

  return (
    <IntlProvider locale={loaded.locale} messages={loaded.messages} timeZone="UTC">
      {children}
    </IntlProvider>
  );
}
