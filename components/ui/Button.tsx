import clsx from 'clsx';
import type { ButtonHTMLAttributes, ReactNode } from 'react';

type Look = 'plain' | 'primary' | 'danger' | 'quiet';

const looks: Record<Look, string> = {
  plain: 'border-line-strong bg-panel text-ink hover:border-muted hover:bg-raised',
  primary: 'border-transparent bg-accent text-on-accent hover:brightness-110',
  danger: 'border-fail-line bg-fail-ground text-fail hover:border-fail',
  quiet: 'border-transparent bg-transparent text-muted hover:bg-raised hover:text-ink',
};

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  look?: Look;
  children: ReactNode;
}

export function Button({ look = 'plain', className, type = 'button', ...rest }: ButtonProps) {
  return (
    <button
      type={type}
      className={clsx(
        'inline-flex min-h-8 items-center justify-center gap-1.5 rounded-lg border px-3 text-[0.8125rem] font-semibold whitespace-nowrap transition-colors disabled:opacity-50',
        looks[look],
        className,
      )}
      {...rest}
    />
  );
}

interface IconButtonProps extends Omit<ButtonProps, 'look'> {
  label: string;
  /** What a key for the same thing finds it by. */
  'data-does'?: string;
}

/** A control that shows only a sign: its name is for the ear and for the pointer that rests on it. */
export function IconButton({ label, className, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className={clsx(
        'inline-grid size-7 shrink-0 place-items-center rounded-md text-current opacity-65 transition hover:bg-[color-mix(in_srgb,currentColor_12%,transparent)] hover:opacity-100 focus-visible:opacity-100 disabled:opacity-30 pointer-coarse:size-9',
        className,
      )}
      {...rest}
    />
  );
}
