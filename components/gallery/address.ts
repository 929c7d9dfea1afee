'use client';

import { useSyncExternalStore } from 'react';
import { locales, type Locale } from '../ui/locale';

export interface GalleryAddress {
  only: string;
  theme?: 'light' | 'dark';
  locale?: Locale;
}

/** `?only=slots/states&theme=dark&lang=es`: what a picture is taken of. What is not said is as the reader has it. */
export function parseAddress(search: string): GalleryAddress {
  const given = new URLSearchParams(search);
  const theme = given.get('theme');
  const locale = locales.find((candidate) => candidate === given.get('lang'));
  return {
    only: given.get('only') ?? '',
    ...(theme === 'light' || theme === 'dark' ? { theme } : {}),
    ...(locale ? { locale } : {}),
  };
}

const never = () => () => undefined;

/** Undefined while the shell is rendered on the server: the address is known in the browser only. */
export function useAddress(): GalleryAddress | undefined {
  const search = useSyncExternalStore<string | undefined>(
    never,
    () => location.search,
    () => undefined,
  );
  return search === undefined ? undefined : parseAddress(search);
}
