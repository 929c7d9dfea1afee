'use client';

import { createContext, useContext } from 'react';
import type { Action, FileContent, FileReference, ReadFileAction, Result } from '../../lib/actions/contracts';
import type { LabError } from '../../lib/errors';

export interface ActionRunner {
  act(action: Action): Promise<Result>;
  /** The line that does the same in a terminal. */
  lineOf(action: Action | ReadFileAction): string;
  readFile(file: FileReference): Promise<{ ok: true; value: FileContent } | { ok: false; error: LabError }>;
}

const notConnected: LabError = { kind: 'unreachable', message: 'This page is not connected to a dashboard.' };

const Runner = createContext<ActionRunner>({
  act: () => Promise.resolve({ ok: false, error: notConnected }),
  lineOf: () => '',
  readFile: () => Promise.resolve({ ok: false, error: notConnected }),
});

export const ActionRunnerProvider = Runner.Provider;

export function useActionRunner(): ActionRunner {
  return useContext(Runner);
}

/** The namespace that the buttons of a board act in. */
const NamespaceContext = createContext('default');
export const NamespaceProvider = NamespaceContext.Provider;

export function useNamespace(): string {
  return useContext(NamespaceContext);
}
