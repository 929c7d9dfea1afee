/** Parts of docs/practice-cluster.md that programs write: what stands between two marks. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './setup.mjs';

const file = join(root, 'docs/practice-cluster.md');

/**
 * @typedef {object} Marks
 * @property {string} begin
 * @property {string} end
 */

/**
 * @param {Marks} marks
 * @returns {string} what was written there, without the empty lines around it
 */
export function readSection(marks) {
  const { text, from, to } = find(marks);
  return text.slice(from, to).trim();
}

/**
 * @param {Marks} marks
 * @param {readonly string[]} lines in place of what is there
 */
export function writeSection(marks, lines) {
  const { text, from, to } = find(marks);
  writeFileSync(file, text.slice(0, from) + ['', '', ...lines, '', ''].join('\n') + text.slice(to));
}

/** @param {Marks} marks */
function find({ begin, end }) {
  const text = readFileSync(file, 'utf8');
  const [at, to] = [text.indexOf(begin), text.indexOf(end)];
  if (at < 0 || to < at) throw new Error(`${file} has no place for it: ${begin} … ${end}`);
  return { text, from: at + begin.length, to };
}

/**
 * A table, as Prettier would print it.
 *
 * @param {readonly (readonly string[])[]} rows the first is the head; all are as long
 * @returns {string[]}
 */
export function tableLines(rows) {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  const line = (/** @type {readonly string[]} */ row) =>
    `| ${widths.map((width, column) => (row[column] ?? '').padEnd(width)).join(' | ')} |`;
  const [head = '', ...body] = rows.map(line);
  return [head, `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...body];
}
