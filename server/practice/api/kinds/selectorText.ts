import type { LabelSelector } from '../../../../lib/kubernetes/metadata';

/** A selector as text, sorted by key: `app=web,tier in (a,b),!old` (metav1.FormatLabelSelector). */
export function selectorText({ matchLabels = {}, matchExpressions = [] }: LabelSelector): string {
  const equal = Object.entries(matchLabels).map(([key, value]) => ({ key, text: `${key}=${value}` }));
  const others = matchExpressions.map(({ key, operator, values = [] }) => {
    const list = [...values].sort().join(',');
    if (operator === 'In') return { key, text: `${key} in (${list})` };
    if (operator === 'NotIn') return { key, text: `${key} notin (${list})` };
    return { key, text: operator === 'Exists' ? key : `!${key}` };
  });
  return [...equal, ...others]
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ text }) => text)
    .join(',');
}
