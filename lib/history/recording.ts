import { PatchError, isBoard } from '../stream/apply';
import { diffBoard } from '../stream/diff';
import type { Change } from './change';
import { historyOf, type History } from './history';
import type { Step, Stretch } from './stretch';

/** A history in a file: what was seen of one namespace, to be looked at where there is no cluster at all. */
export interface Recording {
  format: 'ordinal-recording';
  version: 1;
  namespace: string;
  /** When it was saved, in the clock of the history's times. */
  savedAt: number;
  stretches: Stretch[];
}

export type RecordingProblem =
  /** Neither JSON nor gzip of it, or JSON of something else. */
  | 'notRecording'
  /** Of a version that this page does not know. */
  | 'newer'
  /** It says it is one, and cannot be read to its end. */
  | 'damaged'
  | 'tooLarge';

export class RecordingError extends Error {
  override name = 'RecordingError';
  constructor(readonly problem: RecordingProblem) {
    super(`the recording cannot be opened: ${problem}`);
  }
}

export function recordingOf(namespace: string, history: History, savedAt: number): Recording {
  return { format: 'ordinal-recording', version: 1, namespace, savedAt, stretches: stretchesOf(history, savedAt) };
}

/** The other way round from `historyOf`: the patches are made anew, at the cost of what changed. */
function stretchesOf({ start, changes, isCut, until }: History, now: number): Stretch[] {
  const first: Stretch = {
    ...start.position,
    at: start.at,
    board: start.board,
    steps: [],
    ...(isCut ? { cut: true } : {}),
  };
  const stretches = [first];
  let last = first;
  for (const change of changes) {
    if (change.unseenSince === undefined) {
      last.steps.push(stepOf(change));
      continue;
    }
    last.until = change.unseenSince;
    last = { ...change.position, at: change.at, board: change.after, steps: [] };
    stretches.push(last);
  }
  last.until = until ?? now;
  return stretches;
}

function stepOf({ at, before, after }: Change): Step {
  return { at, patch: diffBoard(before, after) ?? { f: {} } };
}

/** Throws a RecordingError. */
export function openRecording(text: string): { recording: Recording; history: History } {
  const recording = parsed(text);
  try {
    const history = historyOf(recording.stretches);
    if (!history) throw new RecordingError('damaged');
    return { recording, history: { ...history, until: history.until ?? recording.savedAt } };
  } catch (error) {
    if (error instanceof PatchError || error instanceof TypeError) throw new RecordingError('damaged');
    throw error;
  }
}

function parsed(text: string): Recording {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // A file that was cut off begins as one.
    throw new RecordingError(text.startsWith('{"format":"ordinal-recording"') ? 'damaged' : 'notRecording');
  }
  if (field(value, 'format') !== 'ordinal-recording') throw new RecordingError('notRecording');
  if (field(value, 'version') !== 1) throw new RecordingError('newer');
  if (!isRecording(value)) throw new RecordingError('damaged');
  return value;
}

function isRecording(value: unknown): value is Recording {
  const stretches = field(value, 'stretches');
  const isWhole = typeof field(value, 'namespace') === 'string' && typeof field(value, 'savedAt') === 'number';
  return isWhole && Array.isArray(stretches) && stretches.every(isStretch);
}

function isStretch(value: unknown): boolean {
  const steps = field(value, 'steps');
  return (
    typeof field(value, 'epoch') === 'string' &&
    typeof field(value, 'version') === 'number' &&
    typeof field(value, 'at') === 'number' &&
    isBoard(field(value, 'board')) &&
    Array.isArray(steps) &&
    steps.every(
      (step) =>
        typeof field(step, 'at') === 'number' &&
        typeof field(step, 'patch') === 'object' &&
        field(step, 'patch') !== null,
    )
  );
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
