'use client';

import { createContext, useContext, useMemo, type ReactNode } from 'react';
import { SWRConfig } from 'swr';
import { setBasePath } from './connection';
import { setReadBase } from '../http/base';

const BasePath = createContext('');

/**
 * Once, around every page that shows something of the cluster. `basePath` is where the dashboard is mounted (`/lab`),
 * empty at the root. The connection itself is opened by the first `useBoard`, and never while rendering on the server.
 */
export function LiveProvider({ basePath = '', children }: { basePath?: string; children: ReactNode }) {
  // While rendering, not in an effect: children subscribe before a parent's effects run. It is the same for the whole server.
  setBasePath(basePath);
  setReadBase(basePath);
  const reads = useMemo(() => ({ shouldRetryOnError: true, errorRetryInterval: 2000 }), []);
  return (
    <BasePath.Provider value={basePath}>
      <SWRConfig value={reads}>{children}</SWRConfig>
    </BasePath.Provider>
  );
}

export function useBasePath(): string {
  return useContext(BasePath);
}
