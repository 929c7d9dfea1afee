// @vitest-environment happy-dom
import { act, cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Action, Result } from '../../lib/actions/contracts';
import { aBoard, aSet, aSlot, lessonBoard } from '../board/fixtures';
import { noRunner, renderPart } from '../board/testing';
import { ActionDialog } from './ActionDialog';
import { FileDialog } from './FileDialog';
import { ScaleSet } from './ScaleSet';

const refusal: Result = {
  ok: false,
  error: {
    kind: 'forbidden',
    code: 403,
    reason: 'Forbidden',
    message: 'pods "web-0" is forbidden: User "ana" cannot delete',
  },
};
const accepted: Result = { ok: true, value: { objects: [{ object: 'pod/web-0', outcome: 'deleted' }] } };

const runnerThat = (result: Result) => ({
  ...noRunner,
  act: vi.fn<(action: Action) => Promise<Result>>(() => Promise.resolve(result)),
});
const basics = () => ({ board: lessonBoard(), isLive: true, onClose: vi.fn(), onReturnFocus: vi.fn() });
const press = async (name: string) => {
  await act(async () => {
    fireEvent.click(screen.getByRole('button', { name }));
    await Promise.resolve();
  });
};

afterEach(cleanup);

describe('a question about a pod', () => {
  it('says what goes and what stays, and the kubectl line, before anything is done', () => {
    const runner = runnerThat(accepted);
    renderPart(<ActionDialog {...basics()} ask={{ kind: 'deletePod', pod: 'web-0' }} labs={[]} />, runner);
    const outcome = screen.getByTestId('outcome').textContent ?? '';
    expect(outcome).toContain('Pod web-0, its IP 10.244.1.14 and its uid');
    expect(outcome).toContain('Claim www-web-0 with its volume and all data on it');
    expect(screen.getByTestId('kubectl-line').textContent).toBe('kubectl deletePod');
    expect(runner.act).not.toHaveBeenCalled();
  });

  it('closes when the cluster has accepted', async () => {
    const runner = runnerThat(accepted);
    const shared = basics();
    renderPart(<ActionDialog {...shared} ask={{ kind: 'deletePod', pod: 'web-0' }} labs={[]} />, runner);
    await press('Delete pod web-0');
    expect(runner.act).toHaveBeenCalledWith({ kind: 'deletePod', namespace: 'default', pod: 'web-0' });
    expect(shared.onClose).toHaveBeenCalled();
  });

  it('stays open with Kubernetes’ own words when it has not', async () => {
    const shared = basics();
    renderPart(<ActionDialog {...shared} ask={{ kind: 'deletePod', pod: 'web-0' }} labs={[]} />, runnerThat(refusal));
    await press('Delete pod web-0');
    const error = screen.getByTestId('error');
    expect(error.textContent).toContain('You are not allowed to do this (403).');
    expect(error.textContent).toContain('pods "web-0" is forbidden: User "ana" cannot delete');
    expect(shared.onClose).not.toHaveBeenCalled();
  });

  it('says so when somebody else was quicker', () => {
    renderPart(<ActionDialog {...basics()} ask={{ kind: 'deletePod', pod: 'web-7' }} labs={[]} />);
    expect(screen.getByText('It is already gone.')).toBeTruthy();
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Delete pod web-7' }).disabled).toBe(true);
  });
});

it('leaves the pods running when that is chosen', async () => {
  const runner = runnerThat(accepted);
  renderPart(<ActionDialog {...basics()} ask={{ kind: 'deleteSet', set: 'web' }} labs={[]} />, runner);
  fireEvent.click(screen.getByLabelText('Leave the pods running'));
  expect(screen.getByTestId('outcome').textContent).toContain('Nobody brings them back any more');
  await press('Delete StatefulSet web');
  expect(runner.act).toHaveBeenCalledWith({ kind: 'deleteSet', namespace: 'default', set: 'web', cascade: 'orphan' });
});

describe('scaling', () => {
  const set = aSet([aSlot(0), aSlot(1), aSlot(2)]);

  it('asks for one more, and shows the old number until the cluster has it', async () => {
    const runner = runnerThat(accepted);
    const page = renderPart(<ScaleSet set={set} />, runner);
    await press('Scale web up');
    expect(runner.act).toHaveBeenCalledWith({ kind: 'scale', namespace: 'default', set: 'web', replicas: 4 });
    expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Replicas of web' }).value).toBe('3');
    expect(screen.getByRole('status').textContent).toBe('asked for 4');
    page.rerender(<ScaleSet set={{ ...set, replicas: 4 }} />);
    expect(screen.queryByRole('status')).toBeNull();
  });

  it('counts on from what was asked for', async () => {
    const runner = runnerThat(accepted);
    renderPart(<ScaleSet set={set} />, runner);
    await press('Scale web down');
    await press('Scale web down');
    expect(runner.act.mock.calls.map(([action]) => (action.kind === 'scale' ? action.replicas : -1))).toEqual([2, 1]);
  });

  it('says what goes while the control has the focus', () => {
    renderPart(<ScaleSet set={set} />);
    fireEvent.focus(screen.getByRole('button', { name: 'Scale web down' }));
    expect(screen.getByTestId('scale-preview').textContent).toContain('Claim www-web-2 with its volume');
  });

  it('takes a number, 0 too, and nothing that is none', async () => {
    const runner = runnerThat(accepted);
    renderPart(<ScaleSet set={set} />, runner);
    const field = screen.getByRole('textbox', { name: 'Replicas of web' });
    fireEvent.change(field, { target: { value: '-1' } });
    expect(screen.queryByRole('button', { name: /Scale web to/ })).toBeNull();
    fireEvent.change(field, { target: { value: '0' } });
    await press('Scale web to 0');
    expect(runner.act).toHaveBeenCalledWith({ kind: 'scale', namespace: 'default', set: 'web', replicas: 0 });
  });

  it('keeps Kubernetes’ words when it is refused, and owes nothing', async () => {
    renderPart(<ScaleSet set={set} />, runnerThat(refusal));
    await press('Scale web up');
    expect(screen.getByTestId('error').textContent).toContain('403');
    expect(screen.queryByRole('status')).toBeNull();
  });
});

describe('files', () => {
  it('says whether the path outlives the pod', () => {
    renderPart(<FileDialog {...basics()} ask={{ kind: 'file', pod: 'web-0' }} />);
    expect(screen.getByTestId('file-place').dataset.place).toBe('claim');
    fireEvent.change(screen.getByLabelText(/^Path/), { target: { value: '/tmp/a' } });
    expect(screen.getByTestId('file-place').textContent).toContain('lost with the pod');
  });

  it('writes the bytes as they are, to the path as it is', async () => {
    const runner = runnerThat({
      ok: true,
      value: { objects: [], file: { container: 'nginx', place: { kind: 'container' }, bytes: 6 } },
    });
    renderPart(<FileDialog {...basics()} ask={{ kind: 'file', pod: 'web-0' }} />, runner);
    fireEvent.change(screen.getByLabelText(/^Path/), { target: { value: '/tmp/$(x) "é' } });
    fireEvent.change(screen.getByLabelText('Content'), { target: { value: 'hola!' } });
    await press('Write to web-0');
    expect(runner.act).toHaveBeenCalledWith({
      kind: 'writeFile',
      namespace: 'default',
      pod: 'web-0',
      container: 'nginx',
      path: '/tmp/$(x) "é',
      content: new TextEncoder().encode('hola!\n'),
    });
    expect(screen.getByTestId('file-written').textContent).toContain('own layer');
  });

  it('reads a file and shows the refusal of the other', async () => {
    const readFile = vi.fn(() =>
      Promise.resolve({
        ok: true as const,
        value: {
          bytes: new TextEncoder().encode('web-0\n'),
          container: 'nginx',
          place: { kind: 'claim' as const, claim: 'www-web-0', volume: 'www', mountPath: '/', readOnly: false },
        },
      }),
    );
    renderPart(<FileDialog {...basics()} ask={{ kind: 'file', pod: 'web-0' }} />, { ...noRunner, readFile });
    fireEvent.click(screen.getByLabelText('Read'));
    await press('Read from web-0');
    await waitFor(() => expect(screen.getByTestId('file-content').textContent).toBe('web-0\n'));
  });

  it('has nothing to write to without a pod', () => {
    renderPart(<FileDialog {...basics()} board={aBoard([])} ask={{ kind: 'file' }} />);
    expect(screen.getByText('No pod is running here that could hold a file.')).toBeTruthy();
  });
});
