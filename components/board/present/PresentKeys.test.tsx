// @vitest-environment happy-dom
import { act, cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Action } from '../../../lib/actions/contracts';
import { ActionDesk } from '../../actions/ActionDesk';
import { lessonBoard } from '../fixtures';
import { SetSection } from '../SetSection';
import { noRunner, renderPart } from '../testing';
import { PresentKeys } from './PresentKeys';

const acted: Action[] = [];
const runner = {
  ...noRunner,
  act: (action: Action) => {
    acted.push(action);
    return Promise.resolve({ ok: true as const, value: { objects: [] } });
  },
};

const [set] = lessonBoard().sets;
if (!set) throw new Error('the lesson has a set');

beforeEach(() => {
  acted.length = 0;
  renderPart(
    <ActionDesk board={lessonBoard()} namespace="default" labs={[]} isLive>
      <SetSection set={set} />
      <PresentKeys />
    </ActionDesk>,
    runner,
  );
});
afterEach(cleanup);

const press = (key: string, init: KeyboardEventInit = {}) =>
  act(() => void fireEvent.keyDown(document.activeElement ?? document.body, { key, ...init }));
const focused = () => (document.activeElement as HTMLElement).dataset.ordinal;
const shown = () => screen.queryByTestId('key-shown')?.textContent;

describe('a key while presenting', () => {
  it('chooses a slot, which then has the focus', () => {
    press('1');
    expect(focused()).toBe('1');
    expect(shown()).toContain('Slot web-1');
    press('ArrowRight');
    expect(focused()).toBe('2');
    for (let step = 0; step < set.slots.length; step++) press('ArrowLeft');
    expect(focused()).toBe('0');
  });

  it('scales at once, by the control that a pointer would press', async () => {
    press('+');
    await waitFor(() => expect(acted).toMatchObject([{ kind: 'scale', set: 'web', replicas: set.replicas + 1 }]));
    expect(shown()).toBe('+Scale web up');
  });

  it('deletes nothing by itself: it opens the question, and is deaf until that is closed', async () => {
    press('0');
    press('d');
    const dialog = await screen.findByRole('dialog', {}, { timeout: 15_000 });
    expect(dialog.textContent).toContain('Delete pod web-0');
    press('d');
    press('+');
    expect(acted).toEqual([]);
    expect(screen.getAllByRole('dialog')).toHaveLength(1);
  });

  it('says so when there is nothing to press', () => {
    press('d');
    expect(shown()).toContain('Not possible now');
    press('9');
    expect(shown()).toContain('There is no such slot');
  });

  it('is not heard while something is typed, nor with a modifier', () => {
    press('+', { ctrlKey: true });
    screen.getByLabelText('Replicas of web').focus();
    press('+');
    press('7');
    expect(acted).toEqual([]);
    expect(shown()).toBe(undefined);
  });

  it('lists all of them for ?', async () => {
    press('?');
    const dialog = await screen.findByRole('dialog', {}, { timeout: 15_000 });
    for (const words of ['Scale up by one', 'Delete the pod of the chosen slot', 'Back to normal size'])
      expect(dialog.textContent).toContain(words);
  });
});
