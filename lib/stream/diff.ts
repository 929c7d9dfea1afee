/** One step from a board to the next; see `diffBoard`. */
export type BoardPatch = unknown;
