import { action } from './en/action';
import { board } from './en/board';
import { deployment } from './en/deployment';
import { dns } from './en/dns';
import { freshness } from './en/freshness';
import { lab } from './en/lab';
import { page } from './en/page';
import { present } from './en/present';
import { recording } from './en/recording';
import { slot } from './en/slot';
import { storage } from './en/storage';
import { timeline } from './en/timeline';
import { story } from './en/story';

/** Every sentence of the page. What Kubernetes says is never here: it is shown in its own words. */
export const en = {
  ...page,
  ...slot,
  ...board,
  ...deployment,
  ...storage,
  ...dns,
  ...freshness,
  ...lab,
  ...action,
  ...present,
  ...timeline,
  ...story,
  ...recording,
};

export type Messages = typeof en;
