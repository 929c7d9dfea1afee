'use client';

import { Monitor, Moon, Sun } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { useTranslations } from 'use-intl';
import { IconButton } from './Button';
import { themes, themeStore } from './theme';

const icons = { system: Monitor, light: Sun, dark: Moon };

export function ThemeToggle() {
  const t = useTranslations('app.theme');
  const theme = useSyncExternalStore(themeStore.subscribe, themeStore.current, themeStore.onServer);
  const Icon = icons[theme];
  const next = themes[(themes.indexOf(theme) + 1) % themes.length] ?? 'system';
  return (
    <IconButton
      label={t(theme)}
      onClick={() => themeStore.choose(next)}
      className="size-8! max-sm:order-2 max-sm:ml-auto"
    >
      <Icon aria-hidden size={16} />
    </IconButton>
  );
}
