'use client';

import { FileClock } from 'lucide-react';
import { useState, type DragEvent } from 'react';
import { useTranslations } from 'use-intl';
import { RecordingError, type RecordingProblem } from '../../../lib/history/recording';
import { ActionRunnerProvider } from '../../actions/ActionContext';
import { liveRunner } from '../../actions/liveRunner';
import { recording } from '../../ui/messages/en/recording';
import { WithWords } from '../../ui/WithWords';
import { TopBar } from '../TopBar';
import { RecordingBoard, type Opened } from './RecordingBoard';
import { unpackRecording } from './recordingFile';

/** Where a recording is opened: no server is asked anything, and no cluster is there. */
export function Recordings() {
  return (
    <WithWords english={recording}>
      <OpenedHere />
    </WithWords>
  );
}

function OpenedHere() {
  const t = useTranslations('recording');
  const [opened, setOpened] = useState<Opened>();
  const [problem, setProblem] = useState<RecordingProblem>();
  const open = (file: File | undefined): void => {
    if (!file) return;
    setProblem(undefined);
    unpackRecording(file).then(setOpened, (error: unknown) => {
      setProblem(error instanceof RecordingError ? error.problem : 'damaged');
    });
  };
  const close = (): void => {
    setOpened(undefined);
    setProblem(undefined);
  };
  const drop = {
    onDragOver: (event: DragEvent) => event.preventDefault(),
    onDrop: (event: DragEvent) => {
      event.preventDefault();
      open(event.dataTransfer.files[0]);
    },
  };
  return (
    <div className="min-h-dvh" {...drop}>
      <TopBar />
      {problem && (
        <p
          role="alert"
          data-testid="recording-problem"
          className="border-b border-fail-line bg-fail-ground px-7 py-1.5 text-[0.8125rem] font-semibold text-fail max-sm:px-3"
        >
          {t(`problem.${problem}`)}
        </p>
      )}
      <ActionRunnerProvider value={liveRunner}>
        {opened ? (
          <RecordingBoard key={opened.recording.savedAt} {...opened} onClose={close} />
        ) : (
          <main
            id="board"
            tabIndex={-1}
            className="mx-auto grid max-w-xl justify-items-center gap-4 p-8 text-center outline-none"
          >
            <FileClock aria-hidden size={40} className="text-accent" />
            <h1 className="text-2xl font-bold tracking-[-0.03em]">{t('title')}</h1>
            <p className="text-muted">{t('text')}</p>
            <label className="cursor-pointer rounded-lg border border-transparent bg-accent px-4 py-2 font-semibold text-on-accent focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-accent">
              {t('choose')}
              <input
                type="file"
                accept=".gz,.json,application/gzip,application/json"
                className="sr-only"
                onChange={(event) => open(event.target.files?.[0])}
              />
            </label>
          </main>
        )}
      </ActionRunnerProvider>
    </div>
  );
}
