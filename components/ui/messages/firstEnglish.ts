import { action } from './en/action';
import { board } from './en/board';
import { dns } from './en/dns';
import { freshness } from './en/freshness';
import { lab } from './en/lab';
import { page } from './en/page';
import { present } from './en/present';
import { slot } from './en/slot';
import { storage } from './en/storage';

/** What the page says before anything else is fetched; the rooms left out come with their parts (`WithWords`). */
export const firstEnglish = {
  ...page,
  ...slot,
  ...board,
  ...storage,
  ...dns,
  ...freshness,
  ...lab,
  ...action,
  ...present,
};
