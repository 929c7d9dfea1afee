'use client';

import { KeySign } from './KeySign';

/** What was pressed, for those who watch: who pressed it knows, and hears what came of it by other ways. */
export function KeyShown({ pressed, text }: { pressed: string; text: string }) {
  return (
    <div
      aria-hidden
      data-testid="key-shown"
      className="pointer-events-none fixed inset-x-0 bottom-8 z-40 flex justify-center px-4"
    >
      <div className="flex items-center gap-4 rounded-2xl bg-code px-6 py-3 text-code-ink shadow-(--shadow-high)">
        <kbd className="min-w-[1.5em] rounded-xl border-2 border-current px-3 text-center font-mono text-[2.5rem] leading-tight font-bold">
          <KeySign of={pressed} />
        </kbd>
        <span className="text-xl font-semibold">{text}</span>
      </div>
    </div>
  );
}
