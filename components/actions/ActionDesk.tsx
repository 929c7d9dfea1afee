'use client';

import dynamic from 'next/dynamic';
import { useCallback, useState, type ReactNode } from 'react';
import type { Board } from '../../lib/board/model';
import type { Lab } from '../../lib/lab/lab';
import type { DialogBasics } from './ActionDialog';
import { NamespaceProvider } from './ActionContext';
import { AskProvider, type Ask } from './AskContext';

const loadDialog = () => import('./ActionDialog');
const loadFiles = () => import('./FileDialog');
const ActionDialog = dynamic(() => loadDialog().then((module) => module.ActionDialog), { ssr: false });
const FileDialog = dynamic(() => loadFiles().then((module) => module.FileDialog), { ssr: false });

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

/** Where the buttons of a board bring their questions; one dialog at a time, loaded when the first is asked. */
export function ActionDesk({ board, namespace, labs, isLive, children }: ActionDeskProps) {
  const [open, setOpen] = useState<{ ask: Ask; from: Element | null }>();
  const ask = useCallback((next: Ask) => setOpen({ ask: next, from: document.activeElement }), []);
  const onClose = useCallback(() => setOpen(undefined), []);
  return (
    <NamespaceProvider value={namespace}>
      <AskProvider value={ask}>
        {children}
        {board && open && (
          <Asked
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

function Asked({ ask, labs, ...basics }: { ask: Ask; labs: Lab[] } & DialogBasics) {
  return ask.kind === 'file' ? (
    <FileDialog {...basics} ask={ask} />
  ) : (
    <ActionDialog {...basics} ask={ask} labs={labs} />
  );
}
