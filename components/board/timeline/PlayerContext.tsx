'use client';

import {
  createContext,
  startTransition,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useState,
  useSyncExternalStore,
} from 'react';
import type { Change } from '../../../lib/history/change';
import { countTo } from '../../../lib/history/history';
import { liveReplay, type Replay } from '../../../lib/history/replay';
import { stillSource, type HistoryState } from '../../../lib/history/source';
import { Player, type Shown } from './player';

/** Where no page has given one, there is no past to look at. */
const nobody = new Player(stillSource(undefined, () => 0));

const PlayerContext = createContext<Player>(nobody);
export const PlayerProvider = PlayerContext.Provider;

export function usePlayer(): Player {
  return useContext(PlayerContext);
}

const none: HistoryState = {};

/**
 * Everything that is known of the past of the board on this page, live or from a recording. The history is asked for when the
 * first component uses this, grows with each change that the stream brings, and is a new object when it did. Its `changes`
 * are what sentences, lanes and rows are folded over; `useShownChanges` are those up to the moment that is on the screen.
 */
export function useHistory(): HistoryState {
  const player = usePlayer();
  const { source } = player;
  const [state, setState] = useState(none);
  // A transition, which a store of React's own is not: what is told of a change never holds up the slot that shows the next one.
  useEffect(() => {
    const read = () => startTransition(() => setState(source.get()));
    read();
    return source.subscribe(read);
  }, [source]);
  // A version from the address, asked for before its history was there.
  useEffect(() => player.show(), [player, state.history]);
  return state;
}

/** The changes that had happened at the moment on the screen, oldest first: all of them while it is live. */
export function useShownChanges(): readonly Change[] {
  const { history } = useHistory();
  const moment = useShown(usePlayer())?.moment;
  return useMemo(() => {
    if (!history) return [];
    const count = moment && countTo(history, moment.position);
    return count === undefined ? history.changes : history.changes.slice(0, count);
  }, [history, moment]);
}

/** The past moment on the screen; undefined while it is live. */
export function useShown(player: Player): Shown | undefined {
  const read = useCallback(() => player.shown, [player]);
  return useSyncExternalStore(player.subscribe, read, () => undefined);
}

export function useReplay(player: Player): Replay {
  const read = useCallback(() => player.replay, [player]);
  return useSyncExternalStore(player.subscribe, read, () => liveReplay);
}
