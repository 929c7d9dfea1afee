import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format } from 'prettier';
import type { Trace } from './trace';

/** What a scenario looked like on a real control plane. */
export interface Recording extends Trace {
  /** As that server named itself: `v1.36.3`. */
  serverVersion: string;
}

function fileOf(name: string): string {
  return fileURLToPath(new URL(`./recordings/${name}.json`, import.meta.url));
}

export function readRecording(name: string): Recording {
  const file = fileOf(name);
  if (!existsSync(file)) throw new Error(`${name} was never recorded: node scripts/parity-record.mjs ${name}`);
  return JSON.parse(readFileSync(file, 'utf8')) as Recording;
}

export async function writeRecording(name: string, recording: Recording): Promise<void> {
  const file = fileOf(name);
  const { serverVersion, ...trace } = recording;
  const text = JSON.stringify({ serverVersion, ...trace }, null, 1);
  writeFileSync(file, await format(text, { parser: 'json', printWidth: 120 }));
}
