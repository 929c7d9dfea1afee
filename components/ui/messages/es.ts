import type { Messages } from './en';
import { action } from './es/action';
import { board } from './es/board';
import { deployment } from './es/deployment';
import { dialog } from './es/dialog';
import { dns } from './es/dns';
import { freshness } from './es/freshness';
import { lab } from './es/lab';
import { page } from './es/page';
import { present } from './es/present';
import { recording } from './es/recording';
import { slot } from './es/slot';
import { storage } from './es/storage';
import { timeline } from './es/timeline';
import { story } from './es/story';

/** Kubernetes' own words (pod, claim, StatefulSet, Ready) stay as they are: a student meets them so in every terminal. */
export const es: Messages = {
  ...page,
  ...slot,
  ...board,
  ...storage,
  ...dns,
  ...freshness,
  ...lab,
  ...action,
  ...present,
  ...dialog,
  ...deployment,
  ...timeline,
  ...story,
  ...recording,
};
