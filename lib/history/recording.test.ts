import { describe, expect, it } from 'vitest';
import { randomFrom } from '../stream/testing';
import { historyOf } from './history';
import { openRecording, recordingOf, RecordingError } from './recording';
import { Watched } from './testing';

function story(): Watched {
  const random = randomFrom(11);
  const watched = new Watched();
  for (let step = 0; step < 60; step++) {
    watched.anything(random);
    if (step !== 30) continue;
    watched.end();
    watched.world.later(45);
    watched.begin();
  }
  return watched;
}

const watched = story();
const found = historyOf(watched.kept.stretches);
if (!found) throw new Error('nothing was kept');
const history = found;
const savedAt = watched.world.now + 5000;
const text = JSON.stringify(recordingOf('lab-ana', history, savedAt));

describe('a recording', () => {
  it('opens to the very history that was saved, gaps and all, and ends when it was saved', () => {
    const { recording, history: opened } = openRecording(text);
    expect(recording.namespace).toBe('lab-ana');
    expect(opened).toEqual({ ...history, until: savedAt });
    expect(opened.changes.some((change) => change.unseenSince !== undefined)).toBe(true);
  });

  it('of a recording is the same once more', () => {
    const { history: opened } = openRecording(text);
    expect(openRecording(JSON.stringify(recordingOf('lab-ana', opened, savedAt + 1e6))).history).toEqual(opened);
  });

  it.each([
    ['a text', 'hello', 'notRecording'],
    ['other JSON', '{"a":1}', 'notRecording'],
    ['null', 'null', 'notRecording'],
    ['of a later Ordinal', text.replace('"version":1', '"version":2'), 'newer'],
    ['cut off', text.slice(0, -100), 'damaged'],
    ['without a board', text.replace('"board":', '"bord":'), 'damaged'],
    [
      'whose steps do not fit',
      text.replace(/"steps":\[\{/, '"steps":[{"at":1,"patch":{"f":{"sets":{"l":[[0,99]]}}}},{'),
      'damaged',
    ],
    [
      'without stretches',
      '{"format":"ordinal-recording","version":1,"namespace":"a","savedAt":1,"stretches":[]}',
      'damaged',
    ],
  ])('%s is refused as what it is', (_name, given, problem) => {
    expect(() => openRecording(given)).toThrow(RecordingError);
    try {
      openRecording(given);
    } catch (error) {
      expect(error).toMatchObject({ problem });
    }
  });
});
