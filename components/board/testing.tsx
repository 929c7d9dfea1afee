import { render } from '@testing-library/react';
import type { ReactElement, ReactNode } from 'react';
import { IntlProvider } from 'use-intl';
import { ActionRunnerProvider, type ActionRunner } from '../actions/ActionContext';
import { en } from '../ui/messages/en';
import { ClockProvider } from '../ui/seconds';
import { fixtureNow } from './fixtures';

const clock = { toPageTime: (serverMs: number) => serverMs, fixedNow: fixtureNow };

export const noRunner: ActionRunner = {
  act: () => Promise.resolve({ ok: true, value: { objects: [] } }),
  lineOf: (action) => `kubectl ${action.kind}`,
  readFile: () => Promise.resolve({ ok: false, error: { kind: 'notFound', message: 'no such file' } }),
};

/** In English, at the fixtures' moment, with a runner that a test can listen to. */
export function renderPart(part: ReactElement, runner: ActionRunner = noRunner) {
  const wrapper = ({ children }: { children: ReactNode }) => (
    <IntlProvider locale="en" messages={en} timeZone="UTC">
      <ClockProvider value={clock}>
        <ActionRunnerProvider value={runner}>{children}</ActionRunnerProvider>
      </ClockProvider>
    </IntlProvider>
  );
  return render(part, { wrapper });
}
