'use client';

import { useEffect, useState, useSyncExternalStore, type ReactNode } from 'react';
import { IntlProvider } from 'use-intl';
import { localeStore, type Locale } from './locale';
import { en, type Messages } from './messages/en';

declare module 'use-intl' {
  interface AppConfig {
    Locale: Locale;
    Messages: Messages;
  }
}

/**
 * English comes with the page; another language is fetched once it is chosen. The static shell is in English and says
 * little; a reader of another language waits for one small file rather than watch the words change.
 */
export function I18nProvider({ children }: { children: ReactNode }) {
  const locale = useSyncExternalStore(localeStore.subscribe, localeStore.current, localeStore.onServer);
  const [loaded, setLoaded] = useState<{ locale: Locale; messages: Messages }>({ locale: 'en', messages: en });

  useEffect(() => {
    let isCurrent = true;
    document.documentElement.lang = locale;
    const messages = locale === 'es' ? import('./messages/es').then((module) => module.es) : Promise.resolve(en);
    void messages.then((next) => isCurrent && setLoaded({ locale, messages: next }));
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
