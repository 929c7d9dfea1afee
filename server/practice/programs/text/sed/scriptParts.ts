import { FileSystemError } from '../../../filesystem/filesystem';
import type { Call } from '../../command';
import type { ScriptPart } from './scriptReader';

/**
 * The parts of a script in the order in which they were given, and the files to work on. GNU reads each -e with what was
 * asked for before it, so a later -E does not change it; busybox reads them when it knows all options.
 */
export async function scriptParts(call: Call): Promise<{ parts: ScriptPart[]; files: string[] }> {
  const parts: ScriptPart[] = [];
  let isExtended = call.isBusybox && call.has('E', 'r');
  let expressions = 0;
  for (const [key, value] of call.given) {
    if (key === 'E' || key === 'r') isExtended = true;
    if (key === 'e') parts.push({ text: bytes(value), isExtended, source: { expression: ++expressions } });
    if (key === 'f') parts.push({ text: await readScript(call, value), isExtended, source: { file: value } });
  }
  const files = [...call.operands];
  if (parts.length > 0) return { parts, files };
  const text = files.shift();
  return text === undefined
    ? { parts, files }
    : { parts: [{ text: bytes(text), isExtended, source: { expression: 1 } }], files };
}

function bytes(text: string): string {
  return Buffer.from(text).toString('latin1');
}

async function readScript(call: Call, name: string): Promise<string> {
  try {
    return (await call.bytes(name)).toString('latin1');
  } catch (error) {
    if (!(error instanceof FileSystemError)) throw error;
    return call.isBusybox
      ? call.fail(`${name}: ${error.reason}`)
      : call.fail(`couldn't open file ${name}: ${error.reason}`, 4);
  }
}
