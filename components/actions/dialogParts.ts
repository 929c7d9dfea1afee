'use client';

/** The dialogs are not part of the first load: they come when somebody begins to use the page. */
const fetchParts = () => import('./Dialogs');

export type DialogParts = Awaited<ReturnType<typeof fetchParts>>;

let parts: Promise<DialogParts> | undefined;

/** A failure is forgotten, so that the next try is a real one: React's own lazy would keep it for the life of the page. */
export function loadDialogParts(): Promise<DialogParts> {
  parts ??= fetchParts().catch((cause: unknown) => {
    parts = undefined;
    throw cause;
  });
  return parts;
}
