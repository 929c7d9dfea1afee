'use client';

import { X } from 'lucide-react';
import * as RadixDialog from 'radix-ui/dialog';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { IconButton } from './Button';

interface DialogProps {
  title: string;
  description?: string;
  children: ReactNode;
  footer: ReactNode;
  onClose(): void;
  /** The dialog is opened without a trigger of its own, so its opener says where the focus goes back to. */
  onReturnFocus(): void;
  wide?: boolean;
}

export function Dialog({ title, description, children, footer, onClose, onReturnFocus, wide = false }: DialogProps) {
  const t = useTranslations('action');
  return (
    <RadixDialog.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <RadixDialog.Portal>
        <RadixDialog.Overlay className="fixed inset-0 z-50 bg-[rgb(10_15_29/45%)] backdrop-blur-[2px]" />
        <RadixDialog.Content
          {...(description ? {} : { 'aria-describedby': undefined })}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            onReturnFocus();
          }}
          className={`arrive fixed top-1/2 left-1/2 z-50 grid max-h-[calc(100dvh-2rem)] w-[calc(100vw-1.5rem)] -translate-1/2 grid-rows-[auto_minmax(0,1fr)_auto] rounded-2xl border border-line bg-panel text-sm text-ink shadow-(--shadow-high) outline-none ${wide ? 'max-w-2xl' : 'max-w-lg'}`}
        >
          <div className="flex items-start justify-between gap-4 px-5 pt-4 pb-3">
            <div>
              <RadixDialog.Title className="text-[1.0625rem] leading-snug font-bold tracking-[-0.02em] break-words">
                {title}
              </RadixDialog.Title>
              {description && (
                <RadixDialog.Description className="mt-0.5 text-muted">{description}</RadixDialog.Description>
              )}
            </div>
            <RadixDialog.Close asChild>
              <IconButton label={t('close')} className="-mr-1.5">
                <X aria-hidden size={17} />
              </IconButton>
            </RadixDialog.Close>
          </div>
          <div className="grid min-h-0 grid-cols-[minmax(0,1fr)] content-start gap-4 overflow-y-auto px-5 pb-4">
            {children}
          </div>
          <div className="flex flex-wrap items-center justify-end gap-2 border-t border-line px-5 py-3">{footer}</div>
        </RadixDialog.Content>
      </RadixDialog.Portal>
    </RadixDialog.Root>
  );
}
