'use client';

import dynamic from 'next/dynamic';
import { useCallback, useRef, useState, type ReactNode } from 'react';
import type { Board } from '../../lib/board/model';
import type { Lab } from '../../lib/lab/lab';
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

/** Where the buttons of a board bring their questions; one dialog at a time, loaded when the first is asked. */
export function ActionDesk({ board, namespace, labs, isLive, children }: ActionDeskProps) {
  const [asked, setAsked] = useState<Ask>();
  const cameFrom = useRef<Element>(null);
  const ask = useCallback((next: Ask) => {
    cameFrom.current = document.activeElement;
    setAsked(next);
  }, []);
  const close = useCallback(() => setAsked(undefined), []);
  const returnFocus = useCallback(() => {
    const from = cameFrom.current;
    // The button may have gone with its pod: then the board itself takes the focus, not the top of the page.
    const target = from instanceof HTMLElement && from.isConnected ? from : document.getElementById('board');
    target?.focus({ preventScroll: true });
  }, []);
  const shared = board && { board, isLive, onClose: close, onReturnFocus: returnFocus };
  return (
    <NamespaceProvider value={namespace}>
      <AskProvider value={ask}>
        {children}
        {shared && asked?.kind === 'file' && <FileDialog {...shared} ask={asked} />}
        {shared && asked && asked.kind !== 'file' && <ActionDialog {...shared} ask={asked} labs={labs} />}
      </AskProvider>
    </NamespaceProvider>
  );
}
