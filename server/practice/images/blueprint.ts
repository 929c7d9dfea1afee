import { createHash } from 'node:crypto';
import type { Program, SignalName } from '../process/program';
import type { Image, ImageFile, ImageUser, ShellFlavour } from './image';

/** What a catalog entry says of an image; the registry adds its names and digest. */
export interface Blueprint {
  files: readonly ImageFile[];
  programs: ReadonlyMap<string, Program>;
  users: readonly ImageUser[];
  shell: ShellFlavour;
  env?: readonly (readonly [name: string, value: string])[];
  entrypoint?: readonly string[];
  command?: readonly string[];
  workingDir?: string;
  user?: string;
  stopSignal?: SignalName;
  sizeBytes: number;
}

const defaultPath = ['PATH', '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'] as const;

/** The digest is of the name: the same on every machine, and another for each image. */
export function imageOf(reference: string, blueprint: Blueprint, standIn = false): Image {
  const repository = reference.replace(/@.*$/, '').replace(/:[^/:]*$/, '');
  const digest =
    /@(sha256:[0-9a-f]{64})$/.exec(reference)?.[1] ?? `sha256:${createHash('sha256').update(reference).digest('hex')}`;
  return {
    facts: {
      reference,
      id: `${repository}@${digest}`,
      sizeBytes: blueprint.sizeBytes,
      ...(standIn ? { standIn } : {}),
    },
    files: blueprint.files,
    programs: blueprint.programs,
    env: [defaultPath, ...(blueprint.env ?? [])],
    entrypoint: blueprint.entrypoint ?? [],
    command: blueprint.command ?? [],
    workingDir: blueprint.workingDir ?? '',
    user: blueprint.user ?? '',
    users: blueprint.users,
    stopSignal: blueprint.stopSignal ?? 'SIGTERM',
    shell: blueprint.shell,
  };
}
