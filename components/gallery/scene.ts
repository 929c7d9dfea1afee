import type { ReactNode } from 'react';
import type { Lab } from '../../lib/lab/lab';

/** One state of one part, from made-up boards. */
export interface Scene {
  /** Within its section; `slots/states` is its address: `/gallery?only=slots/states`. */
  name: string;
  /** It wants the page to itself: a board with its bar, a dialog. It is then drawn only when it alone is asked for. */
  isPage?: true;
  draw(labs: Lab[]): ReactNode;
}

export interface Section {
  name: string;
  scenes: Scene[];
}

export interface Found {
  address: string;
  scene: Scene;
}

/** The scenes that `only` asks for: a section's, one scene, or all when it is empty. An unknown name finds none. */
export function scenesFor(sections: Section[], only: string): Found[] {
  const all = sections.flatMap((section) =>
    section.scenes.map((scene) => ({ address: `${section.name}/${scene.name}`, scene })),
  );
  return all.filter(({ address }) => only === '' || address === only || address.startsWith(`${only}/`));
}
