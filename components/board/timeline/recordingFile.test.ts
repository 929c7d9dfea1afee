import { describe, expect, it } from 'vitest';
import { lessonHistory, fixtureNow } from '../fixtures';
import { recordingOf } from '../../../lib/history/recording';
import { mostFileBytes, packRecording, recordingName, unpackRecording } from './recordingFile';

const recording = recordingOf('lab-ana', lessonHistory(), fixtureNow);

describe('a file of a recording', () => {
  it('is small, and opens to what was saved', async () => {
    const file = await packRecording(recording);
    expect(file.size).toBeLessThan(JSON.stringify(recording).length / 4);
    const { history } = await unpackRecording(file);
    expect(history.changes).toHaveLength(lessonHistory().changes.length);
  });

  it('may have been unpacked', async () => {
    const { recording: opened } = await unpackRecording(new Blob([JSON.stringify(recording)]));
    expect(opened.namespace).toBe('lab-ana');
  });

  it('names what it is of', () => {
    expect(recordingName(recording)).toMatch(/^lab-ana-\d{4}-\d\d-\d\dT\d\d-\d\d\.ordinal\.json\.gz$/);
  });

  it.each([
    ['torn', async () => (await packRecording(recording)).slice(0, 500), 'damaged'],
    ['of something else', () => Promise.resolve(new Blob(['hello'])), 'notRecording'],
    ['far too large', () => Promise.resolve(new Blob([new Uint8Array(mostFileBytes + 1)])), 'tooLarge'],
  ])('that is %s is refused', async (_name, make, problem) => {
    await expect(unpackRecording(await make())).rejects.toMatchObject({ problem });
  });
});
