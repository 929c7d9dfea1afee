'use client';

import dynamic from 'next/dynamic';
import { useSyncExternalStore } from 'react';
import { presentStore } from './presentStore';

/** Most who look at a board never present it: the keys come when they are wanted. */
const PresentKeys = dynamic(() => import('./PresentKeys').then((module) => module.PresentKeys), { ssr: false });

export function usePresenting(): boolean {
  return useSyncExternalStore(presentStore.subscribe, presentStore.current, presentStore.onServer);
}

export function Presenting() {
  return usePresenting() ? <PresentKeys /> : null;
}
