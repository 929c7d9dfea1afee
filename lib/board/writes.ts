import type { PodFacts } from './facts/facts';
import { present } from './facts/identity';
import type { SlotHistory } from './history';
import type { OwnFile, WrittenFile } from './model';

/** One file written into a container, as it was when its bytes had arrived. */
export interface FileWrite {
  /** As the container sees it. */
  path: string;
  bytes: number;
  at: number;
  modifiedAt?: number;
  pod: string;
  podUid: string;
  container: string;
  /** A container that starts again has another one, and none of the files of the one before. */
  containerId: string;
  place:
    | { kind: 'claim'; claimUid: string; name: string }
    /** `pod`: on a volume that lives as long as the pod. */
    | { kind: 'pod' | 'container' };
}

/** On no claim: in which pod, and in which of its containers' lives. */
export interface OwnWrite {
  podUid: string;
  containerId: string;
  file: OwnFile;
}

/** What is kept across restarts: by the claim's uid, and by the pod's name. */
export interface Written {
  onClaims: Readonly<Record<string, readonly WrittenFile[]>>;
  inPods: Readonly<Record<string, readonly OwnWrite[]>>;
}

const none: readonly never[] = [];
/** Newest first; of one path the last write only. */
const mostOnClaim = 20;
const mostInPod = 10;

/**
 * The files of one namespace that were written through the dashboard, and what has become of them: on a claim they stay, in a
 * container's own layer they go with it. Fed in the order of events, as `Histories` is and after it. Of what is written by
 * other means nothing is known here.
 */
export class Writes {
  /** Another number, another state. */
  revision = 0;
  private readonly claims = new Map<string, readonly WrittenFile[]>();
  private readonly pods = new Map<string, { writes: readonly OwnWrite[]; files: readonly OwnFile[] }>();
  /** From an earlier life of the server, by pod name: nothing is said of them until it is seen what became of their pod. */
  private readonly recalled = new Map<string, readonly OwnWrite[]>();

  ofClaim(uid: string): readonly WrittenFile[] {
    return this.claims.get(uid) ?? none;
  }

  /** Files of this pod, and of the pods that had its name before, that lie or lay on no claim. */
  ofPod(name: string): readonly OwnFile[] {
    return this.pods.get(name)?.files ?? none;
  }

  /** The same with what tells whether their container is still there. */
  writesOfPod(name: string): readonly OwnWrite[] {
    return this.pods.get(name)?.writes ?? this.recalled.get(name) ?? none;
  }

  written(write: FileWrite, history: SlotHistory): void {
    const { path, bytes, at, modifiedAt, pod, podUid, container, containerId, place } = write;
    const life = lifeOf(podUid, history);
    const file = present({
      name: place.kind === 'claim' ? place.name : path,
      path,
      bytes,
      at,
      modifiedAt,
      pod,
      container,
      life,
    });
    if (place.kind === 'claim') {
      const others = this.ofClaim(place.claimUid).filter((other) => other.name !== file.name);
      this.claims.set(place.claimUid, [file, ...others].slice(0, mostOnClaim));
      this.revision += 1;
      return;
    }
    const own: OwnWrite = { podUid, containerId, file: { ...file, place: place.kind } };
    this.keep(pod, newestFirst([afterPod(own, history)], this.pods.get(pod)?.writes));
  }

  /** A container that is another than it was has lost its layer; a pod that took over the name has nothing of the one before. */
  podSeen(pod: PodFacts, history: SlotHistory, now: number): void {
    const recalled = this.recalled.get(pod.name);
    if (recalled) {
      this.recalled.delete(pod.name);
      const since = recalled.map((write) => sinceRecalled(write, pod, history));
      this.keep(pod.name, newestFirst(this.pods.get(pod.name)?.writes ?? none, since));
    }
    const known = this.pods.get(pod.name);
    if (!known) return;
    const writes = known.writes.map((write) =>
      write.podUid === pod.uid ? afterContainer(write, pod, now) : afterPod(write, history),
    );
    if (writes.some((write, index) => write !== known.writes[index])) this.keep(pod.name, writes);
  }

  podGone(pod: PodFacts, now: number): void {
    const known = this.pods.get(pod.name);
    if (!known) return;
    this.keep(
      pod.name,
      known.writes.map((write) => (write.podUid === pod.uid ? lost(write, 'pod', now) : write)),
    );
  }

  /**
   * What an earlier life of the server knew. Lives are kept apart from this and may be older, or lost and counted anew, so which life
   * wrote a file onto a claim is not said any longer. What was written since stays.
   */
  recall({ onClaims, inPods }: Written): void {
    for (const [uid, files] of Object.entries(onClaims)) {
      const known = this.ofClaim(uid);
      const older = files.filter(({ name }) => !known.some((other) => other.name === name));
      this.claims.set(uid, [...known, ...older.map(withoutLife)].slice(0, mostOnClaim));
    }
    for (const [pod, writes] of Object.entries(inPods)) {
      this.recalled.set(
        pod,
        writes.map((write) => ({ ...write, file: withoutLife(write.file) })),
      );
    }
    this.revision += 1;
  }

  /** Its volume may go with it; a claim that is made anew under the name is another. Says whether files were known on it. */
  claimGone(uid: string): boolean {
    const isKnown = this.claims.delete(uid);
    if (isKnown) this.revision += 1;
    return isKnown;
  }

  private keep(pod: string, writes: readonly OwnWrite[]): void {
    this.pods.set(pod, { writes, files: writes.map((write) => write.file) });
    this.revision += 1;
  }
}

function newestFirst(newer: readonly OwnWrite[], older: readonly OwnWrite[] = none): OwnWrite[] {
  const isAgain = ({ file }: OwnWrite) =>
    newer.some((other) => other.file.name === file.name && other.file.container === file.container);
  return [...newer, ...older.filter((write) => !isAgain(write))].slice(0, mostInPod);
}

function withoutLife<F extends WrittenFile>({ life: _, ...file }: F): Omit<F, 'life'> {
  return file;
}

/** Nobody saw its pod or container go: it was before the one that is seen now began. */
function sinceRecalled(write: OwnWrite, pod: PodFacts, history: SlotHistory): OwnWrite {
  const { createdAt, lastRestartAt = createdAt } = pod.view;
  if (write.podUid !== pod.uid) return lost(write, 'pod', createdAt);
  const life = lifeOf(pod.uid, history);
  return afterContainer({ ...write, file: present({ ...write.file, life }) }, pod, lastRestartAt);
}

function lifeOf(podUid: string, { current, lives }: SlotHistory): number | undefined {
  return current?.uid === podUid ? current.number : lives.find((life) => life.uid === podUid)?.number;
}

/** Only a life that was seen to end is over: a pod that is newer than what was watched so far must not count as gone. */
function afterPod(write: OwnWrite, { lives }: SlotHistory): OwnWrite {
  const ended = lives.find((life) => life.uid === write.podUid);
  return ended ? lost(write, 'pod', ended.until) : write;
}

function afterContainer(write: OwnWrite, pod: PodFacts, now: number): OwnWrite {
  const id = pod.containerIds[write.file.container] ?? '';
  const isOther = write.file.place === 'container' && id !== '' && id !== write.containerId;
  return isOther ? lost(write, 'container', now) : write;
}

function lost(write: OwnWrite, cause: 'pod' | 'container', at: number): OwnWrite {
  return write.file.lost ? write : { ...write, file: { ...write.file, lost: { with: cause, at } } };
}
