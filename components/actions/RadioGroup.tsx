'use client';

import { useId } from 'react';

interface RadioGroupProps<T extends string> {
  label: string;
  value: T;
  options: { value: T; text: string }[];
  isDisabled?: boolean;
  onChoose(value: T): void;
}

export function RadioGroup<T extends string>({
  label,
  value,
  options,
  isDisabled = false,
  onChoose,
}: RadioGroupProps<T>) {
  const name = useId();
  return (
    <fieldset disabled={isDisabled}>
      <legend className="mb-1 text-note font-semibold text-faint">{label}</legend>
      <div className="flex flex-wrap gap-1 rounded-xl bg-page p-1">
        {options.map((option) => (
          <label
            key={option.value}
            className="flex-1 cursor-pointer rounded-lg px-3 py-1.5 text-center text-[0.8125rem] font-semibold whitespace-nowrap text-muted has-checked:bg-panel has-checked:text-ink has-checked:shadow-(--shadow) has-focus-visible:outline-2 has-focus-visible:outline-accent"
          >
            <input
              type="radio"
              name={name}
              className="sr-only"
              checked={option.value === value}
              onChange={() => onChoose(option.value)}
            />
            {option.text}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
