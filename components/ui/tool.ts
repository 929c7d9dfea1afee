'use client';

import { useSyncExternalStore } from 'react';
import { clientTools, type ClientTool } from '../../lib/actions/clientTool';

const key = 'ordinal-tool';
const listeners = new Set<() => void>();
let chosen: ClientTool | undefined;

function stored(): ClientTool {
  try {
    const value = localStorage.getItem(key);
    return clientTools.find((tool) => tool === value) ?? 'kubectl';
  } catch {
    // A browser that keeps nothing still shows the choice until it is closed.
    return 'kubectl';
  }
}

export const toolStore = {
  subscribe(listener: () => void) {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  current(): ClientTool {
    chosen ??= stored();
    return chosen;
  },
  onServer: (): ClientTool => 'kubectl',
  choose(tool: ClientTool) {
    chosen = tool;
    try {
      localStorage.setItem(key, tool);
    } catch {
      // As above.
    }
    for (const listener of listeners) listener();
  },
};

/** What the reader's commands begin with: `kubectl`, or `oc` on OpenShift. */
export function useTool(): ClientTool {
  return useSyncExternalStore(toolStore.subscribe, toolStore.current, toolStore.onServer);
}
