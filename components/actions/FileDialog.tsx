'use client';

import { useState } from 'react';
import { useTranslations } from 'use-intl';
import type { FileReference } from '../../lib/actions/contracts';
import { allPods } from '../../lib/board/pods';
import type { Board, ContainerView, PodView } from '../../lib/board/model';
import { bringIntoView } from '../ui/bringIntoView';
import { Button } from '../ui/Button';
import { CommandLine } from '../ui/CommandLine';
import { Dialog } from '../ui/Dialog';
import { useActionRunner, useNamespace } from './ActionContext';
import type { DialogBasics } from './Question';
import type { Ask } from './AskContext';
import { useSize } from './byteWords';
import { ErrorNote } from './ErrorNote';
import { FileContentField, emptyContent, type Content } from './FileContentField';
import { FileFound, useFileReading } from './FileFound';
import { likelyPath, pathProblem } from './filePlace';
import { FilePlaceNote } from './FilePlaceNote';
import { wordPlace } from './placeWords';
import { FileTargetFields } from './FileTargetFields';
import { RadioGroup } from './RadioGroup';
import { useAction } from './useAction';
import { maxFileBytes } from '../../lib/actions/contracts';

type Mode = 'write' | 'read';

interface FileDialogProps extends DialogBasics {
  ask: Extract<Ask, { kind: 'file' }>;
}

/** Pods that have a container to hold a file, those of the asked set first. */
function podsFor(board: Board, set: string | undefined): PodView[] {
  const slots = board.sets.find((candidate) => candidate.name === set)?.slots ?? [];
  const pods = set === undefined ? allPods(board) : slots.flatMap((slot) => slot.pod ?? []);
  return pods.filter((pod) => pod.containers.length > 0);
}

function useTarget(board: Board, ask: FileDialogProps['ask']) {
  const pods = podsFor(board, ask.set);
  const [podName, setPodName] = useState(ask.pod ?? pods[0]?.name);
  const pod = pods.find((candidate) => candidate.name === podName);
  const [containerName, setContainerName] = useState<string>();
  const container: ContainerView | undefined =
    pod?.containers.find((candidate) => candidate.name === containerName) ?? pod?.containers[0];
  const [path, setPath] = useState(() => likelyPath(container));
  const chooseContainer = (name: string) => {
    setContainerName(name);
    setPath(likelyPath(pod?.containers.find((candidate) => candidate.name === name)));
  };
  return { pods, podName, container, path, setPath, setPodName, chooseContainer };
}

/** Writes a file into a pod or reads one back, and says whether it lies on a claim or is lost with the pod. */
export function FileDialog({ board, isLive, ask, onClose, onReturnFocus }: FileDialogProps) {
  const t = useTranslations();
  const namespace = useNamespace();
  const target = useTarget(board, ask);
  const { podName, container, path } = target;
  const [mode, setMode] = useState<Mode>('write');
  const [content, setContent] = useState<Content>(emptyContent);
  const writing = useAction();
  const reading = useFileReading();
  const problem = pathProblem(path);
  const file: FileReference | undefined =
    podName && container && !problem ? { namespace, pod: podName, container: container.name, path } : undefined;
  const forget = () => {
    writing.reset();
    reading.reset();
  };

  const submit = async () => {
    if (!file) return;
    if (mode === 'write') await writing.run({ kind: 'writeFile', ...file, content: content.bytes });
    else await reading.read(file);
  };
  const isWorking = writing.state.phase === 'working' || reading.state.phase === 'working';
  const isTooLarge = content.bytes.length > maxFileBytes;

  return (
    <Dialog
      wide
      title={t('file.title', { name: podName ?? ask.set ?? '' })}
      onClose={onClose}
      onReturnFocus={onReturnFocus}
      footer={
        <>
          <Button look="quiet" onClick={onClose}>
            {t('action.close')}
          </Button>
          <Button
            look="primary"
            disabled={!file || isWorking || (mode === 'write' && isTooLarge)}
            onClick={() => void submit()}
          >
            {isWorking
              ? t('action.working')
              : t(mode === 'write' ? 'file.writeButton' : 'file.readButton', { name: podName ?? '' })}
          </Button>
        </>
      }
    >
      {!isLive && <p className="rounded-lg bg-wait-ground px-3 py-2 text-xs text-wait">{t('action.stale')}</p>}
      <RadioGroup
        label={t('file.mode')}
        value={mode}
        options={[
          { value: 'write', text: t('file.write') },
          { value: 'read', text: t('file.read') },
        ]}
        onChoose={(next) => {
          setMode(next);
          forget();
        }}
      />
      <FileTargetFields target={target} problem={problem} onChange={forget} />
      {container && !problem && <FilePlaceNote container={container} path={path} isWriting={mode === 'write'} />}
      {mode === 'write' && <FileContentField content={content} onChange={setContent} onEdit={forget} />}
      <Line file={file} mode={mode} content={content.bytes} />
      {mode === 'write' ? <Written writing={writing} file={file} /> : <FileFound state={reading.state} />}
    </Dialog>
  );
}

function Line({ file, mode, content }: { file: FileReference | undefined; mode: Mode; content: Uint8Array }) {
  const t = useTranslations('action');
  const { lineOf } = useActionRunner();
  const line = !file
    ? ''
    : mode === 'read'
      ? lineOf({ kind: 'readFile', ...file })
      : lineOf({ kind: 'writeFile', ...file, content });
  if (!line) return null;
  return (
    <div className="min-w-0">
      <div className="mb-1 text-note font-semibold text-faint">{t('sameWith')}</div>
      <CommandLine line={line} />
    </div>
  );
}

function Written({ writing, file }: { writing: ReturnType<typeof useAction>; file: FileReference | undefined }) {
  const t = useTranslations('file');
  const size = useSize();
  const { state } = writing;
  if (state.phase === 'refused') return <ErrorNote error={state.error} />;
  if (state.phase !== 'accepted' || !file) return null;
  const { file: done } = state.value;
  return (
    <div
      ref={bringIntoView}
      role="status"
      data-testid="file-written"
      className="scroll-my-2 rounded-xl border border-ready-line bg-ready-ground px-3.5 py-2.5 text-[0.8125rem]"
    >
      <p className="font-semibold break-all text-ready">
        {t('written', { size: size(done?.bytes ?? 0), path: file.path, name: file.pod })}
      </p>
      {done && <p>{t('server', { where: wordPlace(t, done.place) })}</p>}
    </div>
  );
}
