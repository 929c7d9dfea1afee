// Writes dist/schema.json: the bare facts of server/practice/api/schema/facts.json, with the descriptions and the
// required fields that the installed @kubernetes/client-node declares. Its models are read as text, never imported: they
// are 900 modules, and the practice cluster must start in a moment.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const factsFile = join(root, 'server/practice/api/schema/facts.json');
const clientFolder = join(root, 'node_modules/@kubernetes/client-node');

/** Changes when this file writes something else from the same inputs. */
const formatVersion = 1;

/** Writes the file unless it is up to date; says whether it wrote. Takes some tenths of a second when it does. */
export function generateSchema(outFile = join(root, 'dist/schema.json')) {
  const factsText = readFileSync(factsFile, 'utf8');
  const client = JSON.parse(readFileSync(join(clientFolder, 'package.json'), 'utf8')).version;
  const factsHash = createHash('sha256').update(factsText).digest('hex').slice(0, 16);
  const key = `${formatVersion}-${client}-${factsHash}`;
  if (isCurrent(outFile, key)) return false;
  const facts = JSON.parse(factsText);
  const docs = {};
  for (const name of Object.keys(facts.messages)) {
    const text = modelText(name);
    if (text !== undefined) docs[name] = readModel(text);
  }
  mkdirSync(dirname(outFile), { recursive: true });
  const partial = `${outFile}.${process.pid}`;
  writeFileSync(partial, JSON.stringify({ key, version: facts.version, messages: facts.messages, docs }));
  renameSync(partial, outFile);
  return true;
}

/** The key stands first in the file, so that an up-to-date file need not be parsed. */
function isCurrent(file, key) {
  return existsSync(file) && readFileSync(file, 'utf8').startsWith(`{"key":${JSON.stringify(key)},`);
}

/** `k8s.io.api.core.v1.Event` is V1Event, or CoreV1Event where two groups share a name. */
function modelText(message) {
  const parts = message.split('.');
  const [group, version, kind] = parts.slice(-3);
  const upper = version[0].toUpperCase() + version.slice(1);
  const title = group[0].toUpperCase() + group.slice(1);
  for (const name of [`${title}${upper}${kind}`, `${upper}${kind}`]) {
    const file = join(clientFolder, 'dist/gen/models', `${name}.d.ts`);
    if (existsSync(file)) return readFileSync(file, 'utf8');
  }
  return undefined;
}

function readModel(text) {
  const head = /\/\*\*\n((?:\* .*\n)+)\*\/\nexport declare class /.exec(text);
  const fields = {};
  const required = [];
  for (const [, comment, name, optional] of text.matchAll(
    /^(?: {4}\/\*\*\n((?: {4}\* .*\n)+) {4}\*\/\n)? {4}'(\w+)'(\??): /gm,
  )) {
    const jsonName = name.replace(/^_/, '');
    if (comment) fields[jsonName] = plain(comment);
    if (!optional) required.push(jsonName);
  }
  return { description: head ? plain(head[1]) : '', fields, required };
}

/** The generator turned line breaks into blanks; the one that table headers show is known. */
function plain(comment) {
  return comment
    .split('\n')
    .map((line) => line.replace(/^\s*\* ?/, ''))
    .join('\n')
    .trim()
    .replace(/\\(['"])/g, '$1')
    .replace(/ {2}Populated by the system\./g, '\n\nPopulated by the system.');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  console.log(generateSchema(process.argv[2]) ? 'schema written' : 'schema is up to date');
}
