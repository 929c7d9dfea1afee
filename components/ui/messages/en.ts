import { deployment } from './en/deployment';
import { dialog } from './en/dialog';
import { recording } from './en/recording';
import { story } from './en/story';
import { timeline } from './en/timeline';
import { firstEnglish } from './firstEnglish';

/** Every sentence of the page. What Kubernetes says is never here: it is shown in its own words. */
export const en = { ...firstEnglish, ...dialog, ...deployment, ...timeline, ...story, ...recording };

export type Messages = typeof en;
