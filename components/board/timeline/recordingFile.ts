import { openRecording, RecordingError, type Recording } from '../../../lib/history/recording';

/** A file of half an hour is some 100 kB; what is far beyond is no recording, or one made to fill the memory. */
export const mostFileBytes = 32 * 1024 * 1024;
const mostTextBytes = 256 * 1024 * 1024;

/** `lab-ana-2026-11-29T10-14.ordinal.json.gz`, in UTC. */
export function recordingName({ namespace, savedAt }: Recording): string {
  return `${namespace}-${new Date(savedAt).toISOString().slice(0, 16).replace(':', '-')}.ordinal.json.gz`;
}

export async function packRecording(recording: Recording): Promise<Blob> {
  const stream = new Blob([JSON.stringify(recording)]).stream().pipeThrough(new CompressionStream('gzip'));
  return new Response(stream).blob();
}

/** Rejects with a RecordingError. Takes the JSON as it is, too: somebody may have unpacked it. */
export async function unpackRecording(file: Blob): Promise<ReturnType<typeof openRecording>> {
  if (file.size > mostFileBytes) throw new RecordingError('tooLarge');
  const head = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  const isPacked = head[0] === 0x1f && head[1] === 0x8b;
  return openRecording(isPacked ? await unpacked(file) : await file.text());
}

async function unpacked(file: Blob): Promise<string> {
  const reader = file.stream().pipeThrough(new DecompressionStream('gzip')).getReader();
  const decoder = new TextDecoder();
  let [text, bytes] = ['', 0];
  for (;;) {
    const part = await reader.read().catch(() => {
      throw new RecordingError('damaged');
    });
    if (part.done) return text + decoder.decode();
    bytes += part.value.byteLength;
    if (bytes > mostTextBytes) {
      await reader.cancel();
      throw new RecordingError('tooLarge');
    }
    text += decoder.decode(part.value, { stream: true });
  }
}

/** Gives a file to the browser to be saved where its reader saves files. */
export async function downloadRecording(recording: Recording): Promise<void> {
  const url = URL.createObjectURL(await packRecording(recording));
  const link = document.createElement('a');
  link.href = url;
  link.download = recordingName(recording);
  link.click();
  // The browser has taken it by the next task.
  setTimeout(() => URL.revokeObjectURL(url));
}
