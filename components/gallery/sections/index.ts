import { boards } from './boards';
import { claims } from './claims';
import { deployments } from './deployments';
import { dialogs } from './dialogs';
import { dns } from './dns';
import { freshness } from './freshness';
import { labs } from './labs';
import { panels } from './panels';
import { present } from './present';
import { slots } from './slots';
import { storage } from './storage';
import { sets } from './sets';
import { timelines } from './timeline';
import { story } from './story';
import type { Section } from '../scene';

/** One file a part: a new state is a scene in its part's file, a new part is a file and a line here. */
export const sections: Section[] = [
  slots,
  claims,
  dns,
  sets,
  deployments,
  freshness,
  storage,
  panels,
  labs,
  story,
  boards,
  dialogs,
  present,
  timelines,
];
