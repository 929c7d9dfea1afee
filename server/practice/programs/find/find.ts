import { command } from '../command';
import type { Call } from '../command';
import { printing } from './actions';
import { busyboxExpression } from './busyboxGrammar';
import { allOf, gnuExpression } from './grammar';
import { Refusal, Telling } from './primary';
import { Quit, Search } from './search';
import type { Test } from './search';
import { openingOf } from './startingPoints';
import { Walk } from './walk';
import { Words } from './words';

/**
 * find: what GNU findutils 4.9 and busybox do, each in its words. Files are met in the order their folder has them, each is tested, and
 * printed where nothing else is done. Left out: -files0-from, -fprint and its kin, -used, -context.
 */
export const find = command({ raw: true, usage: '[-HL] [PATH]... [OPTIONS] [ACTIONS]' }, async (call) => {
  try {
    return await search(call);
  } catch (error) {
    if (error instanceof Telling) return void (await call.write(error.message));
    if (!(error instanceof Refusal)) throw error;
    if (error.showsUsage) return call.misuse(error.message);
    return call.fail(error.message);
  }
});

async function search(call: Call): Promise<number> {
  // busybox looks for it before the applet begins.
  if (call.isBusybox && call.operands.length === 1 && call.operands[0] === '--help') return call.help();
  const run = new Search(call);
  const { starts, words } = openingOf(run, call.operands);
  const test = await testOf(run, words);
  const walk = new Walk(run, test);
  let hasQuit = false;
  try {
    for (const start of starts) await walk.from(start);
  } catch (error) {
    if (!(error instanceof Quit)) throw error;
    hasQuit = true;
  }
  // busybox leaves at once; GNU still runs what it has gathered for `-exec … +`.
  if (!hasQuit || !call.isBusybox) for (const end of run.endings) await end();
  await run.output.flush();
  return call.code;
}

async function testOf(run: Search, words: readonly string[]): Promise<Test> {
  const reader = new Words(run, words);
  let test: Test;
  try {
    test = (run.call.isBusybox ? busyboxExpression : gnuExpression)(reader.tokens());
  } finally {
    for (const warning of reader.warnings) await run.tell(warning);
  }
  const { usesDelete, usesPrune, saysDepth } = reader.mood;
  if (usesDelete && usesPrune && !saysDepth && !run.call.isBusybox) {
    throw new Refusal(
      'The -delete action automatically turns on -depth, but -prune does nothing when -depth is in effect.  If you want to ' +
        'carry on anyway, just explicitly use the -depth option.',
    );
  }
  return reader.prints ? allOf([test, printing(run)]) : test;
}
