'use client';

import { useSyncExternalStore } from 'react';
import { useTranslations } from 'use-intl';
import { ChoiceChip } from './ChoiceChip';
import { localeNames, locales, localeStore } from './locale';

const options = locales.map((locale) => ({ value: locale, text: localeNames[locale] }));

export function LanguageChoice() {
  const t = useTranslations('app');
  const locale = useSyncExternalStore(localeStore.subscribe, localeStore.current, localeStore.onServer);
  return (
    <ChoiceChip
      label={t('language')}
      value={locale}
      options={options}
      onChoose={localeStore.choose}
      className="max-sm:order-3 max-sm:w-[5.375rem]"
    />
  );
}
