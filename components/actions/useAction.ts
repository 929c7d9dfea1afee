'use client';

import { useCallback, useState } from 'react';
import type { Accepted, Action } from '../../lib/actions/contracts';
import type { LabError } from '../../lib/errors';
import { useActionRunner } from './ActionContext';

export type ActionState =
  | { phase: 'idle' }
  | { phase: 'working' }
  /** The cluster has said yes; what it makes of it comes with the watch, and only then is it shown. */
  | { phase: 'accepted'; value: Accepted }
  | { phase: 'refused'; error: LabError };

/** Runs actions one after the other and stops at the first that is refused. */
export function useAction() {
  const { act } = useActionRunner();
  const [state, setState] = useState<ActionState>({ phase: 'idle' });
  const run = useCallback(
    async (...actions: Action[]): Promise<Accepted | undefined> => {
      setState({ phase: 'working' });
      const done: Accepted = { objects: [] };
      for (const action of actions) {
        const result = await act(action);
        if (!result.ok) {
          setState({ phase: 'refused', error: result.error });
          return undefined;
        }
        done.objects.push(...result.value.objects);
        if (result.value.file) done.file = result.value.file;
        if (result.value.warnings) done.warnings = [...(done.warnings ?? []), ...result.value.warnings];
      }
      setState({ phase: 'accepted', value: done });
      return done;
    },
    [act],
  );
  const reset = useCallback(() => setState({ phase: 'idle' }), []);
  return { state, run, reset };
}
