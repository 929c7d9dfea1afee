'use client';

import clsx from 'clsx';
import { ChevronDown } from 'lucide-react';

interface ChoiceChipProps<T extends string> {
  label: string;
  value: T;
  options: readonly { value: T; text: string }[];
  onChoose(value: T): void;
  className?: string;
}

/** The system's own list in the clothes of a chip: it works with every keyboard, screen reader and phone, and weighs nothing. */
export function ChoiceChip<T extends string>({ label, value, options, onChoose, className }: ChoiceChipProps<T>) {
  const choose = (chosen: string) => {
    const option = options.find((candidate) => candidate.value === chosen);
    if (option) onChoose(option.value);
  };
  return (
    <span className={clsx('relative inline-flex min-w-0 items-center', className)}>
      <select
        aria-label={label}
        value={value}
        onChange={(event) => choose(event.target.value)}
        className="min-h-8 w-full min-w-0 appearance-none truncate rounded-lg border border-line bg-panel pr-7 pl-2.5 max-sm:pr-6 max-sm:pl-2 text-[0.8125rem] font-medium text-ink transition-colors hover:border-line-strong"
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.text}
          </option>
        ))}
      </select>
      <ChevronDown aria-hidden size={14} className="pointer-events-none absolute right-2 text-faint" />
    </span>
  );
}
