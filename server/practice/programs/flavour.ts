import type { Program } from '../process/program';

/** Whose words a program uses: the same name prints other things in busybox than in the GNU tools. */
export type Flavour =
  | {
      kind: 'busybox';
      /** `1.28.4` */ version: string;
      /** As its banner has it: `2018-07-17 15:21:40 UTC`. */ built: string;
    }
  | { kind: 'gnu'; /** Debian's name for it, for what packages differ in. */ distribution: 'debian' | 'ubuntu' };

export type ProgramOf = (flavour: Flavour) => Program;

/** Whether a busybox is at least this old: `isBusybox(flavour, 1, 29)`. */
export function isBusyboxFrom(flavour: Flavour, major: number, minor: number): boolean {
  if (flavour.kind !== 'busybox') return false;
  const [a = 0, b = 0] = flavour.version.split('.').map(Number);
  return a > major || (a === major && b >= minor);
}
