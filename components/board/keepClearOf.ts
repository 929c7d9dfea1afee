/** As a `ref`: what is scrolled to comes to rest above the board's foot, which lies over the page and is as high as its lanes. */
export function keepClearOf(foot: HTMLElement | null): (() => void) | undefined {
  if (!foot || typeof ResizeObserver === 'undefined') return undefined;
  const { style } = document.documentElement;
  const observer = new ResizeObserver(() => style.setProperty('--foot', `${foot.offsetHeight}px`));
  observer.observe(foot);
  return () => {
    observer.disconnect();
    style.removeProperty('--foot');
  };
}
