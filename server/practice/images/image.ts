import type { Program, SignalName } from '../process/program';
import type { ImageFacts } from '../containers/runtime';

/** Where images come from. One `Image` object per image: the runtime shares its files between all containers of it. */
export interface ImageRegistry {
  /** Throws `ImageError` for a reference that cannot be pulled. Cheap, and the same object for the same image. */
  find(reference: string): Image;
}

/** What an image holds and says about itself. Immutable: containers write to a layer of their own above it. */
export interface Image {
  readonly facts: ImageFacts;
  /**
   * In any order; missing parent folders are made (root, 0755). /proc, /sys, /dev, /etc/hostname, /etc/hosts and
   * /etc/resolv.conf are the runtime's. Where `/etc/passwd` or `/etc/group` is missing it is made from `users`.
   */
  readonly files: readonly ImageFile[];
  /**
   * Executables by absolute path. Each becomes a file of mode 0755 (unless `files` gives it another mode) whose bytes
   * name the program, so that it can be moved, copied, linked and made unexecutable like any binary; `argv[0]` tells a
   * multi-call program which applet it is asked for. The shells are `shellProgram(flavour)` of `../shell/shell`.
   */
  readonly programs: ReadonlyMap<string, Program>;
  readonly env: readonly (readonly [name: string, value: string])[];
  readonly entrypoint: readonly string[];
  readonly command: readonly string[];
  /** `''` means `/`. It is made when it is not there. */
  readonly workingDir: string;
  /** `''` (root), a name, a number, or `user:group`. */
  readonly user: string;
  readonly users: readonly ImageUser[];
  readonly stopSignal: SignalName;
  /** Whose words and prompt /bin/sh has. */
  readonly shell: ShellFlavour;
}

export type ShellFlavour = 'ash' | 'dash' | 'bash';

export interface ImageUser {
  name: string;
  uid: number;
  gid: number;
  home: string;
  shell: string;
}

/** One entry of an image's tree. `uid` and `gid` default to 0, `mode` to 0755 for a folder and 0644 for a file. */
export type ImageFile = { path: string; uid?: number; gid?: number; mode?: number } & (
  { content: string | Uint8Array } | { directory: true } | { target: string }
);
