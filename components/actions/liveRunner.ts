'use client';

import { kubectlLine } from '../../lib/actions/kubectlLine';
import { filePath } from '../../lib/actions/request';
import type { LabError } from '../../lib/errors';
import { act } from '../http';
import { readFile } from '../http/read';
import type { ActionRunner } from './ActionContext';

function isLabError(value: unknown): value is LabError {
  return typeof value === 'object' && value !== null && 'kind' in value && 'message' in value;
}

/** The buttons' way to the server. A file is read anew each time it is asked for: a kept copy could be an old one. */
export const liveRunner: ActionRunner = {
  act,
  lineOf: kubectlLine,
  async readFile(file) {
    try {
      return { ok: true, value: await readFile(filePath(file)) };
    } catch (cause) {
      if (isLabError(cause)) return { ok: false, error: cause };
      return { ok: false, error: { kind: 'internal', message: String(cause) } };
    }
  },
};
