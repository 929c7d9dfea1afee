import {
  CloudOff,
  EarOff,
  Hourglass,
  KeyRound,
  LoaderCircle,
  Radio,
  ServerCrash,
  ServerOff,
  ShieldX,
  Unplug,
  WifiOff,
  type LucideIcon,
} from 'lucide-react';
import type { FreshnessCause } from '../../lib/stream/freshness';

interface Look {
  icon: LucideIcon;
  tone: string;
}

/** A shape for each cause, so that a class sees from the back row what is broken, and not by colour alone. */
export const causeLooks: Record<'live' | FreshnessCause, Look> = {
  live: { icon: Radio, tone: 'tone-ready' },
  connecting: { icon: LoaderCircle, tone: 'tone-wait' },
  pageOffline: { icon: WifiOff, tone: 'tone-fail' },
  serverGone: { icon: ServerOff, tone: 'tone-fail' },
  serverSilent: { icon: ServerCrash, tone: 'tone-fail' },
  clusterGone: { icon: CloudOff, tone: 'tone-wait' },
  clusterSilent: { icon: Hourglass, tone: 'tone-wait' },
  watchCut: { icon: Unplug, tone: 'tone-wait' },
  watchRefused: { icon: ShieldX, tone: 'tone-wait' },
  watchUnknown: { icon: KeyRound, tone: 'tone-wait' },
  watchSilent: { icon: EarOff, tone: 'tone-wait' },
};
