'use client';

import { createContext, useContext } from 'react';

export interface DeploymentAsk {
  kind: 'deleteDeployment' | 'setDeploymentImage' | 'restartDeployment';
  deployment: string;
}

/** What a button asks to be talked over first: what goes, what stays, and how kubectl would say it. */
export type Ask =
  | { kind: 'deletePod'; pod: string }
  | { kind: 'deletePods'; set: string }
  | { kind: 'deleteSet'; set: string }
  | DeploymentAsk
  | { kind: 'deleteClaim'; claim: string }
  | { kind: 'deleteVolume'; volume: string }
  | { kind: 'freeVolume'; volume: string }
  | { kind: 'deleteNamespace' }
  | { kind: 'cleanUpLab'; lab: string }
  | { kind: 'deployLab'; lab: string }
  | { kind: 'update'; set: string }
  /** `revision` by its number. */
  | { kind: 'undo'; set: string; revision: number }
  | { kind: 'file'; pod?: string; set?: string };

const AskContext = createContext<(ask: Ask) => void>(() => undefined);

export const AskProvider = AskContext.Provider;

/** Stays the same function for the whole life of a board, so that it redraws no slot. */
export function useAsk(): (ask: Ask) => void {
  return useContext(AskContext);
}
