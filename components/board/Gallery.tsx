'use client';

import { useState } from 'react';
import type { Board } from '../../lib/board/model';
import type { Lab } from '../../lib/lab/lab';
import type { Freshness } from '../../lib/stream/freshness';
import { ActionRunnerProvider, type ActionRunner } from '../actions/ActionContext';
import { kubectlLine } from '../../lib/actions/kubectlLine';
import { ClockProvider } from '../ui/seconds';
import { ChoiceChip } from '../ui/ChoiceChip';
import { BoardView } from './BoardView';
import { aBoard, everyStateBoard, fixtureNow, lessonBoard, manySlotsBoard, twoClaimsBoard } from './fixtures';
import { FreshnessChip } from './FreshnessChip';
import { TopBar } from './TopBar';

const boards = {
  lesson: lessonBoard,
  states: everyStateBoard,
  many: manySlotsBoard,
  claims: twoClaimsBoard,
  empty: () => aBoard([]),
  missing: () => aBoard([], { exists: false, namespace: 'lab-ana' }),
  loading: () => undefined,
};
type Scene = keyof typeof boards;

const moods: Record<Freshness['state'], Freshness> = {
  live: {
    state: 'live',
    trueAt: fixtureNow - 1000,
    lastEventAt: fixtureNow - 4000,
    lastSyncAt: fixtureNow - 60_000,
    latencyMs: 12,
    viewers: 31,
  },
  stale: {
    state: 'stale',
    cause: 'clusterGone',
    message: 'connect ECONNREFUSED 127.0.0.1:6443',
    trueAt: fixtureNow - 42_000,
    viewers: 31,
  },
  offline: { state: 'offline', cause: 'serverGone', trueAt: fixtureNow - 95_000, viewers: 1 },
};

const scenes: { value: Scene; text: string }[] = [
  { value: 'lesson', text: 'lesson' },
  { value: 'states', text: 'states' },
  { value: 'many', text: 'many' },
  { value: 'claims', text: 'claims' },
  { value: 'empty', text: 'empty' },
  { value: 'missing', text: 'missing' },
  { value: 'loading', text: 'loading' },
];
const moodNames: Freshness['state'][] = ['live', 'stale', 'offline'];
const moodChoices = moodNames.map((value) => ({ value, text: value }));
const frozen = { toPageTime: (serverMs: number) => serverMs, fixedNow: fixtureNow };

function fromAddress(): Scene {
  const wanted = new URLSearchParams(location.search).get('scene');
  return scenes.find(({ value }) => value === wanted)?.value ?? 'lesson';
}

/** Nothing happens here, and the gallery says so in the clothes of a refusal. */
const galleryRunner: ActionRunner = {
  lineOf: kubectlLine,
  act: () =>
    Promise.resolve({
      ok: false,
      error: {
        kind: 'conflict',
        reason: 'Conflict',
        code: 409,
        message:
          'Operation cannot be fulfilled on statefulsets.apps "web": the object has been modified; please apply your changes to the latest version and try again',
      },
    }),
  readFile: (file) =>
    Promise.resolve({
      ok: true,
      value: {
        bytes: new TextEncoder().encode(`written by ${file.pod}\n`),
        container: 'nginx',
        place: {
          kind: 'claim',
          claim: `www-${file.pod}`,
          volume: 'www',
          mountPath: '/usr/share/nginx/html',
          readOnly: false,
        },
      },
    }),
};

export function Gallery({ labs }: { labs: Lab[] }) {
  const [shown, setShown] = useState<{ scene: Scene; board?: Board }>({ scene: 'lesson', board: lessonBoard() });
  const [mood, setMood] = useState<Freshness['state']>('live');
  const [isFirst, setIsFirst] = useState(true);
  const show = (scene: Scene) => {
    const board = boards[scene]();
    setShown({ scene, ...(board ? { board } : {}) });
  };
  return (
    <ActionRunnerProvider value={galleryRunner}>
      <ClockProvider value={frozen}>
        <div
          ref={(element) => {
            // The address is known in the browser only; the shell shows the first scene.
            if (!element || !isFirst) return;
            setIsFirst(false);
            show(fromAddress());
            const wanted = moodChoices.find(({ value }) => location.search.includes(`mood=${value}`));
            if (wanted) setMood(wanted.value);
          }}
        >
          <TopBar status={<FreshnessChip freshness={moods[mood]} />}>
            <ChoiceChip label="Scene" value={shown.scene} options={scenes} onChoose={show} />
            <ChoiceChip label="Freshness" value={mood} options={moodChoices} onChoose={(chosen) => setMood(chosen)} />
          </TopBar>
          <BoardView
            board={shown.board}
            namespace={shown.board?.namespace ?? 'default'}
            freshness={moods[mood]}
            labs={labs}
          />
        </div>
      </ClockProvider>
    </ActionRunnerProvider>
  );
}
