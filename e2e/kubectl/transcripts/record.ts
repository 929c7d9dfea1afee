import type { Part } from '../sessionText';
import { Stage } from './play';
import type { Subject } from './subject';

/** Everything that is done with a kind, as this cluster answers it. */
export async function record(subject: Subject, kubeconfig: string, kubectl: string): Promise<Part[]> {
  const stage = await Stage.open(subject, kubeconfig, kubectl);
  const parts: Part[] = [];
  for (const scene of stage.scenes) {
    const steps = (await stage.play(scene)).map(({ command, printed }) => ({ command, expected: printed }));
    parts.push({ title: scene.verb, steps: steps.map((step) => ({ ...step, variants: new Map() })) });
  }
  await stage.close();
  return parts;
}
