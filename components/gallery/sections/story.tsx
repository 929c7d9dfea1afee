import type { Change } from '../../../lib/history/change';
import { aBoard, fixtureNow, lessonChanges, troubleChanges } from '../../board/fixtures';
import type { Past } from '../../story/past';
import { StoryStrip, type Drawer } from '../../story/StoryStrip';
import type { Scene, Section } from '../scene';

export function pastOf(changes: Change[]): Past {
  const board = changes[0]?.before ?? aBoard([]);
  return { start: { position: { epoch: 'e1', version: 0 }, at: fixtureNow - 60_000, board }, changes };
}

function strip(name: string, changes: Change[], open?: Drawer): Scene {
  return {
    name,
    draw: () => <StoryStrip past={pastOf(changes)} namespace="default" {...(open ? { open } : {})} />,
  };
}

export const story: Section = {
  name: 'story',
  scenes: [
    strip('nothing', []),
    strip('headline', lessonChanges()),
    strip('earlier', lessonChanges(), 'story'),
    strip('kubectl', lessonChanges(), 'podWatch'),
    strip('kubectl-nothing', [], 'podWatch'),
    strip('trouble', troubleChanges()),
  ],
};
