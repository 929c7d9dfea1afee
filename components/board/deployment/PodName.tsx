import clsx from 'clsx';

/** `web-deploy-7d9c5-x2x4z`: the end, which no other pod ever has, stands out. Broken only where a hyphen is. */
export function PodName({ name, className, large = false }: { name: string; className?: string; large?: boolean }) {
  const cut = name.lastIndexOf('-') + 1;
  return (
    <span className={clsx('min-w-0 font-mono break-words', className)} data-testid="loose-name">
      {name.slice(0, cut)}
      <b className={clsx('font-bold whitespace-nowrap', large && 'block text-lg leading-tight')}>{name.slice(cut)}</b>
    </span>
  );
}
