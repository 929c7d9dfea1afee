/** A guided exercise as data: its words in each language, the commands to type, and the manifests it starts from. */
export interface Lab {
  /** As in `/labs/NAME`. */
  name: string;
  minutes: number;
  title: Words;
  summary: Words;
  /** What "Create" applies and "Clean up" deletes. */
  manifest: Manifest;
  /** The StatefulSets and Services of the manifest, by name, to tell whether the lab is there. */
  makes: { set: string; replicas: number; service: string; claimSize: string; template: string }[];
  /** The same app once more, as a Deployment beside the set: to see what a set does that a Deployment does not. */
  asDeployment?: SameAsDeployment;
  steps: Step[];
}

export interface Manifest {
  file: string;
  yaml: string;
}

/** A Deployment and a Service of its name. */
export interface SameAsDeployment {
  name: string;
  replicas: number;
  /** The one that all its pods mount in `sharing`. */
  claim: { name: string; size: string };
  /** Without a claim, and with one for all its pods. */
  yaml: { alone: string; sharing: string };
}

export interface Step {
  /** Stays when words change: a link to a step holds it. */
  id: string;
  title: Words;
  /** Paragraphs. */
  text: Words[];
  /** What the commands apply, beside the lab's own. */
  manifest?: Manifest;
  commands: Command[];
  /** What to look at on the board. */
  look?: Words;
}

export interface Command {
  line: string;
  /** The prompt it is typed at; default `$`. */
  prompt?: string;
}

export interface Words {
  en: string;
  es: string;
}
