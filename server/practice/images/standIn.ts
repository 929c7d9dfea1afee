import type { Program } from '../process/program';
import { pause } from './systemImages';

/** What runs in place of an image that the practice cluster does not have, when no command is given: it says so and waits. */
export function standIn(reference: string): Program {
  return async (process) => {
    const text =
      `practice cluster: there is no image ${reference} here.\n` +
      `practice cluster: this is a plain box (busybox) that runs in its place and does nothing.\n`;
    await process.stdout.write(Buffer.from(text)).catch(() => {});
    return pause(process);
  };
}
