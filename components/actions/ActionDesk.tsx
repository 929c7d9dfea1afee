'use client';

import { useCallback, useEffect, useState, type ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { Board } from '../../lib/board/model';
import type { Lab } from '../../lib/lab/lab';
import { NamespaceProvider } from './ActionContext';
import { AskProvider, type Ask } from './AskContext';
import { loadDialogParts, type DialogParts } from './dialogParts';
import { ErrorNote } from './ErrorNote';

interface ActionDeskProps {
  board?: Board;
  namespace: string;
  labs: Lab[];
  isLive: boolean;
  children: ReactNode;
}

/** The button may have gone with its pod: then the board itself takes the focus, not the top of the page. */
function focusAgain(from: Element | null) {
  const target = from instanceof HTMLElement && from.isConnected ? from : document.getElementById('board');
  target?.focus({ preventScroll: true });
}

/** Fetched at the first sign of a hand on the page, so that they are there even if the server goes away before the first question. */
function useDialogsSoon() {
  useEffect(() => {
    const signs = ['pointermove', 'pointerdown', 'keydown'] as const;
    const fetchNow = () => {
      for (const sign of signs) removeEventListener(sign, fetchNow);
      loadDialogParts().catch(() => undefined);
    };
    for (const sign of signs) addEventListener(sign, fetchNow, { passive: true });
    return () => {
      for (const sign of signs) removeEventListener(sign, fetchNow);
    };
  }, []);
}

interface Question {
  ask: Ask;
  from: Element | null;
}

/** Where the buttons of a board bring their questions; one dialog at a time. */
export function ActionDesk({ board, namespace, labs, isLive, children }: ActionDeskProps) {
  const [open, setOpen] = useState<Question>();
  const [parts, setParts] = useState<DialogParts>();
  const [failed, setFailed] = useState(false);
  useDialogsSoon();
  const ask = useCallback((next: Ask) => {
    setFailed(false);
    setOpen({ ask: next, from: document.activeElement });
    loadDialogParts().then(
      (loaded) => setParts(loaded),
      () => {
        setOpen(undefined);
        setFailed(true);
      },
    );
  }, []);
  const onClose = useCallback(() => setOpen(undefined), []);
  return (
    <NamespaceProvider value={namespace}>
      <AskProvider value={ask}>
        {children}
        {failed && <NotLoaded />}
        {board && open && parts && (
          <parts.AskedDialog
            ask={open.ask}
            labs={labs}
            board={board}
            isLive={isLive}
            onClose={onClose}
            onReturnFocus={() => focusAgain(open.from)}
          />
        )}
      </AskProvider>
    </NamespaceProvider>
  );
}

function NotLoaded() {
  const t = useTranslations('freshness.cause');
  return (
    <div className="fixed inset-x-3 bottom-3 z-50 mx-auto max-w-lg shadow-(--shadow-high)">
      <ErrorNote error={{ kind: 'unreachable', message: t('serverGone') }} />
    </div>
  );
}
