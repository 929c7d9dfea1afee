'use client';

import { useDeferredValue, useMemo } from 'react';
import { useHistory, useShownChanges } from '../board/timeline/PlayerContext';
import { story } from '../ui/messages/en/story';
import { WithWords } from '../ui/WithWords';
import { StoryStrip } from './StoryStrip';

/** What has happened on a namespace's board, up to the moment that is on the screen. */
export function LiveStory({ namespace }: { namespace: string }) {
  const { history } = useHistory();
  const shown = useShownChanges();
  const start = history?.start;
  const past = useMemo(() => start && { start, changes: shown }, [start, shown]);
  // The slots are drawn first; what is told of them may follow a frame later.
  const deferred = useDeferredValue(past);
  return (
    <WithWords english={story}>
      <StoryStrip past={deferred} live={history?.changes} namespace={namespace} />
    </WithWords>
  );
}
