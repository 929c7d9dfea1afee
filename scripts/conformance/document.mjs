/** The results in docs/practice-cluster.md: a table between two marks, and below it every test that did not pass, with its reason. */
import { readSection, tableLines, writeSection } from '../writtenSection.mjs';
import { countsOf, groups } from './suite.mjs';

const marks = {
  begin: '<!-- conformance: written by npm run test:conformance -- --write -->',
  end: '<!-- /conformance -->',
};

/** Puts the results of these runs in place of their earlier ones; other groups' stay. */
export function writeResults(runs) {
  const kept = entriesIn(readSection(marks));
  for (const { name, protobuf, tests } of runs) kept.set(title(name, protobuf), entryOf(title(name, protobuf), tests));
  writeSection(marks, section(kept));
}

export function title(name, protobuf) {
  return protobuf ? `${name}, protobuf` : name;
}

function entryOf(name, tests) {
  const { passed, failed, skipped, outOfReach } = countsOf(tests);
  const others = tests.filter(({ state }) => state !== 'passed');
  return {
    cells: [name, passed, failed, skipped, outOfReach].map(String),
    notes: others.map(({ name: test, state, why }) => `- ${name}: ${state}: ${inCode(test)}: ${plain(why)}`),
  };
}

/** What an earlier run wrote: its rows and the lines that belong to them. */
function entriesIn(written) {
  const entries = new Map();
  for (const line of written.split('\n')) {
    const cells = /^\| (?!group|-)(.*) \|$/
      .exec(line)?.[1]
      ?.split('|')
      .map((cell) => cell.trim());
    if (cells) entries.set(cells[0], { cells, notes: [] });
    const of = /^- (.*?): /.exec(line)?.[1];
    if (of) entries.get(of)?.notes.push(line);
  }
  return entries;
}

function section(entries) {
  const order = Object.keys(groups).flatMap((name) => [title(name, false), title(name, true)]);
  const known = order.flatMap((name) => entries.get(name) ?? []);
  const rows = [['group', 'passed', 'failed', 'skipped', 'out of reach'], ...known.map(({ cells }) => cells)];
  const notes = known.flatMap((entry) => entry.notes);
  return [...tableLines(rows), ...(notes.length > 0 ? ['', ...notes] : [])];
}

function inCode(text) {
  return `\`${text.replaceAll('`', "'")}\``;
}

/** Addresses, generated names and times differ from run to run, and say nothing about why. */
function plain(text) {
  const short = text.length > 160 ? `${text.slice(0, 160)}…` : text;
  return inCode(short.replace(/\b(\d{1,3}\.){3}\d{1,3}\b(:\d+)?/g, 'IP'));
}
