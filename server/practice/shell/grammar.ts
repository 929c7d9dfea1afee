import type { Assignment, Redirect, Word } from './ast';

export const reserved = new Set([
  'if',
  'then',
  'else',
  'elif',
  'fi',
  'do',
  'done',
  'case',
  'esac',
  'while',
  'until',
  'for',
  '{',
  '}',
  '!',
  'in',
  '[[',
  'function',
  'time',
]);
/** Words that end a list, so that none of them can begin a command. */
export const closing = new Set(['then', 'else', 'elif', 'fi', 'do', 'done', 'esac', '}']);

const redirectOperators = ['<', '>', '>>', '>|', '<>', '<&', '>&', '&>', '&>>', '<<', '<<-', '<<<'];

export function isRedirect(operator: string | undefined): operator is Redirect['operator'] {
  return operator !== undefined && redirectOperators.includes(operator);
}

/** An assignment among a declaring builtin's words. */
export function wordOfAssignment(assignment: Assignment): Word {
  if ('array' in assignment.value) {
    // The declaring builtin reads it again; the text is what it was.
    return { parts: [{ type: 'text', text: assignment.source, quoted: true }], source: assignment.source };
  }
  const head = assignment.source.slice(0, assignment.source.length - assignment.value.source.length);
  return { parts: [{ type: 'text', text: head, quoted: true }, ...assignment.value.parts], source: assignment.source };
}
