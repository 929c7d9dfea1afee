import clsx from 'clsx';
import type { HTMLAttributes } from 'react';

export function Chip({ className, ...rest }: HTMLAttributes<HTMLSpanElement>) {
  return (
    <span
      className={clsx(
        'inline-flex min-h-6.5 items-center gap-1.5 rounded-full border border-line bg-panel px-2.5 text-xs text-muted',
        className,
      )}
      {...rest}
    />
  );
}

interface EyebrowProps extends HTMLAttributes<HTMLElement> {
  /** A heading by itself, or a line over one. */
  as?: 'h3' | 'p' | 'span';
}

export function Eyebrow({ as: Tag = 'h3', className, ...rest }: EyebrowProps) {
  return (
    <Tag className={clsx('text-note font-semibold tracking-[0.08em] text-faint uppercase', className)} {...rest} />
  );
}
