import { readSection, tableLines, writeSection } from '../../../scripts/writtenSection.mjs';
import type { Part } from '../sessionText';
import { subjects } from './kinds';
import { verbs, type Verb } from './subject';
import { readTranscript } from './transcript';

const marks = {
  begin: '<!-- transcripts: written by node scripts/transcripts-record.mjs -->',
  end: '<!-- /transcripts -->',
};

/** Kinds by verbs, as recorded, and how many pairs that are. */
export function transcriptsTable(): string[] {
  const recorded = subjects.map((subject) => ({ subject, parts: readTranscript(subject.resource)?.parts ?? [] }));
  const own = recorded.map(({ subject, parts }) => [
    subject.resource,
    ...verbs.map((verb) => cellOf(parts, verb)),
    Object.keys(subject.also ?? {}).join(', '),
  ]);
  const pairs = recorded.reduce((sum, { parts }) => sum + parts.length, 0);
  const commands = recorded.flatMap(({ parts }) => parts.flatMap(({ steps }) => steps)).length;
  return [
    `${pairs} pairs of a kind and a verb, ${commands} commands.`,
    '',
    ...tableLines([['', ...verbs, 'and'], ...own]),
  ];
}

export function writtenTable(): string {
  return readSection(marks);
}

export function writeTable(): void {
  writeSection(marks, transcriptsTable());
}

/** `yes`; `no` where all that is recorded is how the verb is refused; `–` where it makes no sense. */
function cellOf(parts: readonly Part[], verb: Verb): string {
  const part = parts.find(({ title }) => title === verb);
  if (!part) return '–';
  const steps = part.steps.filter(({ command }) => command.includes(`kubectl ${verb}`));
  return steps.some(({ expected }) => !isRefused(expected)) ? 'yes' : 'no';
}

/** A difference that `kubectl diff` found ends in a code too, and a filter hides the code of what it filters. */
function isRefused(printed: string): boolean {
  return (
    !printed.startsWith('diff ') && (/\[\d+\]$/.test(printed) || /^(error|the \S+ "\S*" is invalid)/i.test(printed))
  );
}
