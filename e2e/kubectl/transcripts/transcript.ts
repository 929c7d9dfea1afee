import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSession, printSession, type Part } from '../sessionText';

/** What a real server answered to all that is done with a kind. A part's title is its verb. */
export interface Transcript {
  /** As that server named itself: `v1.36.3`. */
  serverVersion: string;
  parts: Part[];
}

export function readTranscript(resource: string): Transcript | undefined {
  const file = fileOf(resource);
  if (!existsSync(file)) return undefined;
  const text = readFileSync(file, 'utf8');
  const serverVersion = /^server (v\S+)$/m.exec(text)?.[1];
  if (!serverVersion) throw new Error(`${file} does not say which server it was recorded on`);
  return { serverVersion, parts: parseSession(text) };
}

export function writeTranscript(resource: string, { serverVersion, parts }: Transcript): void {
  mkdirSync(dirname(fileOf(resource)), { recursive: true });
  writeFileSync(fileOf(resource), `server ${serverVersion}\n${printSession(parts)}`);
}

function fileOf(resource: string): string {
  return fileURLToPath(new URL(`./recordings/${resource}.txt`, import.meta.url));
}
