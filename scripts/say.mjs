/** One line of progress, on stderr so that what a command prints for others to read stays clean. */
export function say(text) {
  process.stderr.write(`ordinal: ${text}\n`);
}

/** The end of the way: says what is wrong and what to do next. */
export function fail(text) {
  say(text);
  process.exit(1);
}

/** Runs `task`, saying what it does and how long it took. */
export async function step(text, task) {
  const began = performance.now();
  say(`${text} …`);
  const result = await task();
  say(`${text}: done in ${((performance.now() - began) / 1000).toFixed(1)} s`);
  return result;
}
