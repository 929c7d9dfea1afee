// @vitest-environment happy-dom
import { cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { recordingOf } from '../../../lib/history/recording';
import { fixtureNow, lessonHistory } from '../fixtures';
import { renderPart } from '../testing';
import { Recordings } from './Recordings';

afterEach(cleanup);

const saved = JSON.stringify(recordingOf('lab-ana', lessonHistory({ until: fixtureNow }), fixtureNow));
const drop = (text: string) =>
  fireEvent.drop(screen.getByRole('banner'), { dataTransfer: { files: [new File([text], 'a.json')] } });

it('opens one recording after another, and says of what is none that it is none, whatever is open', async () => {
  renderPart(<Recordings />);
  drop('{}');
  expect((await screen.findByTestId('recording-problem')).textContent).toBe('This file is not a recording.');
  drop(saved);
  expect((await screen.findByTestId('recording-banner')).textContent).toContain('A recording of lab-ana');
  expect(screen.queryByTestId('recording-problem')).toBeNull();
  drop('[]');
  await screen.findByTestId('recording-problem');
  expect(screen.getByTestId('recording-banner')).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: 'Open another' }));
  expect(screen.getByRole('heading', { name: 'Open a recording' })).toBeTruthy();
  expect(screen.queryByTestId('recording-banner')).toBeNull();
});
