const texts = new WeakMap<object, string>();

/**
 * The JSON of a stored object, made once and kept as long as the object is: the journal, every watcher and every list
 * send the same text. Only for frozen objects, whose text cannot change.
 */
export function encodedJson(object: object): string {
  let text = texts.get(object);
  if (text === undefined) {
    text = JSON.stringify(object);
    if (Object.isFrozen(object)) texts.set(object, text);
  }
  return text;
}
