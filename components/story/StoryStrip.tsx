'use client';

import { ListTree, SquareTerminal, type LucideIcon } from 'lucide-react';
import { useId, useMemo, useState } from 'react';
import { useTranslations } from 'use-intl';
import type { Change } from '../../lib/history/change';
import { useTool } from '../ui/tool';
import { Headline } from './Headline';
import type { Past } from './past';
import { PodWatch } from './PodWatch';
import { StoryAnnouncer } from './StoryAnnouncer';
import { StoryList } from './StoryList';
import { headlineOf, newestTold } from './told';

const mostListed = 200;
const none: never[] = [];

export type Drawer = 'story' | 'podWatch';

interface StoryStripProps {
  /** Up to the moment on the screen; undefined until it is known. */
  past: Past | undefined;
  /** What a listener is told of as it comes: all there is, whatever moment is on the screen. */
  live?: readonly Change[] | undefined;
  namespace: string;
  /** At first. */
  open?: Drawer;
}

/**
 * Below the board, and always in sight: what just happened; and on demand what happened before it, or the same as a terminal
 * prints it. It lies over the page's foot, and the drawer over the board, so that nothing moves when something is told.
 */
export function StoryStrip({ past, live, namespace, open }: StoryStripProps) {
  const t = useTranslations('story');
  const [drawer, setDrawer] = useState(open);
  const id = useId();
  const tool = useTool();
  const changes = past?.changes ?? none;
  const told = useMemo(() => newestTold(changes, mostListed), [changes]);
  const toggle = (name: Drawer) => setDrawer((before) => (before === name ? undefined : name));
  return (
    <section
      aria-label={t('title')}
      data-testid="story-strip"
      className="foot-story relative overflow-hidden rounded-2xl border border-line bg-panel shadow-(--shadow)"
    >
      <StoryAnnouncer changes={live} />
      {drawer && (
        <div id={id} className="h-56 max-sm:h-44 border-b border-line">
          {drawer === 'podWatch' ? (
            <PodWatch past={past} namespace={namespace} />
          ) : (
            <div className="h-full overflow-y-auto overscroll-contain px-4 py-1 max-sm:px-3" tabIndex={0}>
              <StoryList told={told} />
            </div>
          )}
        </div>
      )}
      <div className="grid h-16 low:h-11 grid-cols-[minmax(0,1fr)_auto] gap-3 px-4 max-sm:h-12 max-sm:px-3">
        <Headline told={headlineOf(told)} />
        <div className="flex items-center gap-1.5">
          <DrawerButton
            icon={ListTree}
            text={t('earlier')}
            isOpen={drawer === 'story'}
            onPress={() => toggle('story')}
          />
          <DrawerButton
            icon={SquareTerminal}
            text={`${tool} get pods -w`}
            isOpen={drawer === 'podWatch'}
            onPress={() => toggle('podWatch')}
          />
        </div>
      </div>
    </section>
  );
}

interface DrawerButtonProps {
  icon: LucideIcon;
  text: string;
  isOpen: boolean;
  onPress(): void;
}

function DrawerButton({ icon: Icon, text, isOpen, onPress }: DrawerButtonProps) {
  return (
    <button
      type="button"
      aria-expanded={isOpen}
      title={text}
      onClick={onPress}
      className="flex min-h-8 items-center gap-1.5 rounded-lg border border-line px-2.5 text-[0.8125rem] font-medium hover:border-line-strong aria-expanded:border-accent aria-expanded:bg-accent-ground aria-expanded:text-accent"
    >
      <Icon aria-hidden size={15} />
      <span className="max-lg:sr-only">{text}</span>
    </button>
  );
}
