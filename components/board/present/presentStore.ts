/** The projector's size lives in the address (`?present`), so that it survives a reload and can be a bookmark. */
const listeners = new Set<() => void>();

export const presentStore = {
  subscribe(listener: () => void) {
    listeners.add(listener);
    window.addEventListener('popstate', listener);
    return () => {
      listeners.delete(listener);
      window.removeEventListener('popstate', listener);
    };
  },
  current: () => new URLSearchParams(location.search).has('present'),
  onServer: () => false,
  set(isPresenting: boolean) {
    const url = new URL(location.href);
    if (isPresenting) url.searchParams.set('present', '');
    else url.searchParams.delete('present');
    history.replaceState(history.state, '', url);
    for (const listener of listeners) listener();
  },
};
