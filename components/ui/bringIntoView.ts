/** As a `ref`, for what comes as an answer: on a phone it may come below what is seen of a dialog, and nobody would know of it. */
export function bringIntoView(element: Element | null): void {
  element?.scrollIntoView({ block: 'nearest' });
}
