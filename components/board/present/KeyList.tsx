'use client';

import { useTranslations } from 'use-intl';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { bindings } from './keys';
import { KeySign } from './KeySign';

const focusBoard = () => document.getElementById('board')?.focus({ preventScroll: true });

/** Every key there is, and what it does. */
export function KeyList({ onClose }: { onClose(): void }) {
  const t = useTranslations();
  return (
    <Dialog
      title={t('present.title')}
      description={t('present.note')}
      onClose={onClose}
      onReturnFocus={focusBoard}
      footer={<Button onClick={onClose}>{t('action.close')}</Button>}
    >
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] items-center gap-x-4 gap-y-1.5">
        {bindings.map(({ command, keys }) => (
          <div key={command} className="contents">
            <dt className="grid">
              <kbd className="min-w-9 rounded-md border border-line-strong bg-raised px-2 text-center font-mono font-semibold">
                {command === 'digit' ? '0…9' : <KeySign of={keys[0] ?? ''} />}
              </kbd>
            </dt>
            <dd>{t(`present.keys.${command}`)}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
