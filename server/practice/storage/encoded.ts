/** So many characters of JSON are kept, and at most as many again that were used lately. */
const generationLength = 4 * 1024 * 1024;

let young = new Map<object, string>();
let old = new Map<object, string>();
let youngLength = 0;

/**
 * The JSON of a stored object, made once for the journal, the watchers and the lists that want it at about the same time. Only for
 * frozen objects, whose text cannot change. It is not kept for as long as the object is: the texts of a large cluster take
 * several times the memory of its objects, and few of them are asked for again.
 */
export function encodedJson(object: object): string {
  const known = young.get(object);
  if (known !== undefined) return known;
  const text = old.get(object) ?? JSON.stringify(object);
  if (Object.isFrozen(object)) keep(object, text);
  return text;
}

function keep(object: object, text: string): void {
  young.set(object, text);
  youngLength += text.length;
  if (youngLength < generationLength) return;
  old = young;
  young = new Map();
  youngLength = 0;
}
