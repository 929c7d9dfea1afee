import type { History } from '../../lib/history/history';

/** What has happened up to the moment on the screen. */
export type Past = Pick<History, 'start' | 'changes'>;
