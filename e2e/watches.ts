import { callForText } from './api';
import type { Ordinal } from './ordinal';

/** How many watches the API server says it serves (`apiserver_longrunning_requests`), with all of these labels. */
export async function countWatches(
  { kubeconfig }: Pick<Ordinal, 'kubeconfig'>,
  labels: Record<string, string> = {},
): Promise<number> {
  const { text } = await callForText(kubeconfig, 'GET', '/metrics');
  const wanted = Object.entries({ ...labels, verb: 'WATCH' }).map(([name, value]) => `${name}="${value}"`);
  return text
    .split('\n')
    .filter((line) => line.startsWith('apiserver_longrunning_requests{') && wanted.every((one) => line.includes(one)))
    .reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
}
