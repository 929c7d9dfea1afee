import { existsSync } from 'node:fs';

/** Makes what tests read and a build would have made: the schema that comes from the installed client library. */
export default async function setup(): Promise<void> {
  const script = new URL('./generateSchema.mjs', import.meta.url);
  if (!existsSync(script)) return;
  const { generateSchema } = (await import(script.href)) as { generateSchema(outFile: string): unknown };
  await generateSchema(new URL('../dist/schema.json', import.meta.url).pathname);
}
