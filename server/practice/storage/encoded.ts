import { Recent } from '../recent';

/** So many characters of JSON are kept, and at most as many again that were used lately. */
const texts = new Recent<object, string>(1024 * 1024, (text) => text.length);

/**
 * The JSON of a stored object, made once for the journal, the watchers and the lists that want it at about the same time. Only for
 * frozen objects, whose text cannot change. It is not kept for as long as the object is: the texts of a large cluster take
 * several times the memory of its objects, and few of them are asked for again.
 */
export function encodedJson(object: object): string {
  const known = texts.get(object);
  if (known !== undefined) return known;
  const text = JSON.stringify(object);
  if (Object.isFrozen(object)) texts.set(object, text);
  return text;
}
