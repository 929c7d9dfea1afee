'use client';

import type { Lab } from '../../lib/lab/lab';
import { dialog } from '../ui/messages/en/dialog';
import { WithWords } from '../ui/WithWords';
import { ActionDialog } from './ActionDialog';
import type { Ask } from './AskContext';
import { FileDialog } from './FileDialog';
import type { DialogBasics } from './Question';
import { UpdateDialog } from './UpdateDialog';

export interface AskedProps extends DialogBasics {
  ask: Ask;
  labs: Lab[];
}

/** The dialog of whatever was asked, with the words that only dialogs need. */
export function AskedDialog(props: AskedProps) {
  return (
    <WithWords english={dialog}>
      <Asked {...props} />
    </WithWords>
  );
}

function Asked({ ask, labs, ...basics }: AskedProps) {
  if (ask.kind === 'file') return <FileDialog {...basics} ask={ask} />;
  if (ask.kind === 'update' || ask.kind === 'undo') return <UpdateDialog {...basics} ask={ask} />;
  return <ActionDialog {...basics} ask={ask} labs={labs} />;
}
