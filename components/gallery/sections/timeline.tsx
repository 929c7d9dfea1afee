import type { History } from '../../../lib/history/history';
import { recordingOf } from '../../../lib/history/recording';
import type { Command } from '../../../lib/history/replay';
import { stillSource } from '../../../lib/history/source';
import { crowdedHistory, fixtureNow, lessonHistory, tornHistory } from '../../board/fixtures';
import { Player } from '../../board/timeline/player';
import { PlayerProvider } from '../../board/timeline/PlayerContext';
import { RecordingBoard } from '../../board/timeline/RecordingBoard';
import { Timeline } from '../../board/timeline/Timeline';
import type { Scene, Section } from '../scene';

/** Frames never come: a picture of something that plays is the same tomorrow. */
function playerOf(history: History | undefined, commands: Command[]): Player {
  const player = new Player(
    stillSource(history, () => fixtureNow),
    () => () => undefined,
  );
  for (const command of commands) player.do(command);
  return player;
}

function timeline(name: string, history: History | undefined, ...commands: Command[]): Scene {
  return {
    name,
    draw: () => (
      <PlayerProvider value={playerOf(history, commands)}>
        <Timeline />
      </PlayerProvider>
    ),
  };
}

const secondsAgo = (seconds: number): Command => ({ kind: 'seek', at: fixtureNow - seconds * 1000 });

const recorded = lessonHistory({ until: fixtureNow });
const saved = recordingOf('lab-ana', recorded, fixtureNow);

export const timelines: Section = {
  name: 'timeline',
  scenes: [
    timeline('live', lessonHistory()),
    timeline('paused', lessonHistory(), secondsAgo(145)),
    timeline('playing', lessonHistory(), secondsAgo(100), { kind: 'play', speed: 4 }),
    timeline('missing', tornHistory()),
    timeline('recording', lessonHistory({ until: fixtureNow }), { kind: 'live' }),
    timeline('crowded', crowdedHistory()),
    timeline('loading', undefined),
    { name: 'recorded', isPage: true, draw: () => <RecordingBoard recording={saved} history={recorded} /> },
  ],
};
