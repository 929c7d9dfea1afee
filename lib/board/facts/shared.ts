const known = new Map<string, string>();
const most = 5000;

/**
 * The same text as one string, for what thousands of objects have in common (an image, a node, an owner): parsed JSON makes a
 * new one each time. Forgets everything now and then, which costs a few copies and keeps what is rare from staying for ever.
 */
export function shared(text: string): string {
  const first = known.get(text);
  if (first !== undefined) return first;
  if (known.size >= most) known.clear();
  known.set(text, text);
  return text;
}
