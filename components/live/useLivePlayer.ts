'use client';

import { useState } from 'react';
import type { HistorySource } from '../../lib/history/source';
import { Player } from '../board/timeline/player';
import { historyStoreOf } from './stores';

/** Nothing is opened before a browser subscribes: this is also rendered on the server. */
function liveSource(namespace: string): HistorySource {
  return {
    subscribe: (listener) => historyStoreOf(namespace).subscribe(listener),
    get: () => historyStoreOf(namespace).get(),
    now: () => historyStoreOf(namespace).now(),
  };
}

/** What is shown of a namespace's board: the stream, until somebody looks back. One for the page's life. */
export function useLivePlayer(namespace: string): Player {
  const [player] = useState(() => new Player(liveSource(namespace)));
  return player;
}
