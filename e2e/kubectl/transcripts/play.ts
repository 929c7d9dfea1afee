import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startTargetOn, type Target } from '../target';
import { bodyOf, filesOf, type Scene } from './body';
import { normalise } from './normalise';
import type { Subject } from './subject';

export interface Played {
  command: string;
  printed: string;
}

/** A kind on a cluster, in a namespace that is called after it: what no two runs have in common would have to be replaced. */
export class Stage {
  private constructor(
    readonly scenes: Scene[],
    private readonly subject: Subject,
    private readonly target: Target,
  ) {}

  static async open(subject: Subject, kubeconfig: string, kubectl: string): Promise<Stage> {
    const target = await startTargetOn(kubeconfig, { namespace: `with-${subject.resource}`, kubectl });
    for (const [name, text] of Object.entries(filesOf(subject))) writeFileSync(join(target.folder, name), text);
    return new Stage(bodyOf(subject), subject, target);
  }

  async play({ commands }: Scene): Promise<Played[]> {
    const played: Played[] = [];
    for (const command of commands) played.push({ command, printed: await this.run(command) });
    return played;
  }

  close(): Promise<void> {
    return this.target.stop();
  }

  /** Both outputs, and the code where it is not 0. */
  private async run(command: string): Promise<string> {
    const { code, output } = await this.target.shell(command);
    const end = output !== '' && !output.endsWith('\n') ? ' (no-eol)' : '';
    const printed = normalise(output, this.subject).trimEnd() + end;
    return code === 0 ? printed : `${printed}\n[${code}]`.trimStart();
  }
}
