/** Makes what tests read and a build would have made: the schema and the programs under dist/. Quick when nothing has changed. */
export default async function setup(): Promise<void> {
  const script = new URL('./setup.mjs', import.meta.url);
  const { ensureBuilt } = (await import(script.href)) as { ensureBuilt(options: { page: boolean }): Promise<void> };
  await ensureBuilt({ page: false });
}
