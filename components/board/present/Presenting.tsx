'use client';

import dynamic from 'next/dynamic';
import { useSyncExternalStore } from 'react';
import { presentStore } from './presentStore';
import { untilLoaded } from '../../ui/untilLoaded';

/** Most who look at a board never present it: the keys come when they are wanted. */
const PresentKeys = dynamic(
  untilLoaded(() => import('./PresentKeys').then((module) => module.PresentKeys)),
  { ssr: false },
);

export function usePresenting(): boolean {
  return useSyncExternalStore(presentStore.subscribe, presentStore.current, presentStore.onServer);
}

export function Presenting() {
  return usePresenting() ? <PresentKeys /> : null;
}
