export const locales = ['en', 'es'] as const;
export type Locale = (typeof locales)[number];

/** Each in its own words: who has landed in the wrong language must be able to read the way out. */
export const localeNames: Record<Locale, string> = { en: 'English', es: 'Español' };

const cookieName = 'ordinal-locale';
const listeners = new Set<() => void>();
let chosen: Locale | undefined;

function isLocale(value: string | undefined): value is Locale {
  return locales.some((locale) => locale === value);
}

/** The cookie first, then the first language of the browser's list that we have. */
export function detectLocale(cookie: string, languages: readonly string[]): Locale {
  const stored = new RegExp(`(?:^|; )${cookieName}=([^;]+)`).exec(cookie)?.[1];
  if (isLocale(stored)) return stored;
  return languages.map((language) => language.slice(0, 2).toLowerCase()).find(isLocale) ?? 'en';
}

export const localeStore = {
  subscribe(listener: () => void) {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  current(): Locale {
    chosen ??= detectLocale(document.cookie, navigator.languages);
    return chosen;
  },
  onServer: (): Locale => 'en',
  choose(locale: Locale) {
    chosen = locale;
    document.cookie = `${cookieName}=${locale}; path=/; max-age=31536000; samesite=lax`;
    for (const listener of listeners) listener();
  },
};
