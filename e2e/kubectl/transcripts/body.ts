import { stringify } from 'yaml';
import type { JsonObject } from '../../parity/json';
import { verbs, whyNotDone, type Subject, type Verb } from './subject';

/** The commands of one verb. */
export interface Scene {
  verb: string;
  commands: string[];
}

/** All that is done with a kind, its own verbs before the last: `delete` leaves nothing. */
export function bodyOf(subject: Subject): Scene[] {
  const common = verbs
    .filter((verb) => !whyNotDone(subject, verb))
    .map((verb) => ({ verb, commands: commandsOf(subject, verb) }));
  const also = Object.entries(subject.also ?? {}).map(([verb, commands]) => ({ verb, commands: [...commands] }));
  return [...common.slice(0, -1), ...also, ...common.slice(-1)];
}

/** The manifests that the commands name. */
export function filesOf({ object, changed, invalid }: Subject): Record<string, string> {
  const files: Record<string, JsonObject | undefined> = {
    'one.yaml': object,
    'changed.yaml': changed,
    'invalid.yaml': invalid,
  };
  const manifests = Object.entries(files).flatMap(([name, content]) => (content ? [[name, stringify(content)]] : []));
  return { ...Object.fromEntries(manifests), 'managers.tmpl': managersTemplate };
}

function commandsOf(subject: Subject, verb: Verb): string[] {
  const before = verb === 'create' ? (subject.before ?? []) : [];
  const settle = changing.has(verb) && subject.settle ? [`${subject.settle} > /dev/null`] : [];
  const filter = subject.filters?.[verb];
  const isAsked = subject.isQuestion && verb !== 'explain' && verb !== 'auth can-i';
  const own = isAsked ? questionsOf(subject, verb) : scenes[verb](subject);
  const common = own.map((command) => (filter ? `${command} 2>&1 | ${filter}` : command));
  const seen = settled[verb]?.(subject) ?? [];
  return [...before, ...common, ...settle, ...seen, ...(subject.more?.[verb] ?? [])];
}

/** Asked as somebody who is on every cluster. */
function questionsOf({ resource, invalid }: Subject, verb: Verb): string[] {
  if (verb !== 'create') return [`kubectl ${verb} ${resource} one${verb === 'patch' ? ` -p '{}'` : ''}`];
  const files = ['one.yaml', ...(invalid ? ['invalid.yaml'] : [])];
  return files.map((file) => `kubectl create -f ${file} -o yaml --as=eve --as-group=system:masters`);
}

/** Who owns which fields. The order in which managers are told is that of their times, which are whole seconds: chance. */
const managers = (resource: string) =>
  `kubectl get ${resource} one --show-managed-fields -o go-template-file=managers.tmpl | sort`;

const managersTemplate = `{{range .metadata.managedFields}}\
{{.manager}} {{.operation}}{{with .subresource}} {{.}}{{end}}{{if not .time}} without time{{end}} {{.fieldsV1}}
{{end}}`;

const changing: ReadonlySet<Verb> = new Set(['create', 'patch', 'edit', 'apply', 'replace', 'set', 'scale', 'rollout']);

/** What has come of it, once the controllers are done. */
const settled: Partial<Record<Verb, (subject: Subject) => string[]>> = {
  apply: ({ resource }) => [managers(resource)],
  replace: ({ resource }) => [`kubectl get ${resource} one -o yaml`, managers(resource)],
};

const scenes: Record<Verb, (subject: Subject) => string[]> = {
  // The practice cluster's descriptions have no line breaks, and what a field that is an object is for it does not say: docs/practice-cluster.md.
  explain: ({ resource }) => [
    `kubectl explain ${resource} | sed '/^FIELDS/,$d' | tr -s '[:space:]' ' '; echo`,
    `kubectl explain ${resource} | grep '^  [a-z]'`,
    `kubectl explain ${resource}.spec | grep '^  [a-z]'`,
    `kubectl explain ${resource}.kind`,
  ],
  'auth can-i': ({ resource }) => [
    `kubectl auth can-i create ${resource}`,
    `kubectl auth can-i get ${resource}/one --as=system:serviceaccount:$NS:default`,
  ],
  create: ({ invalid }) => [
    'kubectl create -f one.yaml --dry-run=server -o yaml',
    ...(invalid ? ['kubectl create -f invalid.yaml'] : []),
    'kubectl create -f one.yaml',
    'kubectl create -f one.yaml',
  ],
  get: ({ resource, clusterScoped }) => [
    `kubectl get ${resource} one`,
    `kubectl get ${resource} one -o wide --show-labels`,
    `kubectl get ${resource} one -o yaml`,
    managers(resource),
    `kubectl get ${resource} one -o jsonpath='{.kind} {.metadata.name}{"\\n"}'`,
    `kubectl get ${resource} --selector=nobody=here -o name`,
    ...(clusterScoped ? [] : [`kubectl get ${resource}`]),
    `kubectl get ${resource} nobody`,
  ],
  describe: ({ resource }) => [`kubectl describe ${resource} one`, `kubectl describe ${resource} nobody`],
  wait: ({ resource }) => [
    `kubectl wait ${resource}/one --for=jsonpath='{.metadata.name}'=one --timeout=10s`,
    `kubectl wait ${resource}/one --for=condition=Never --timeout=0s`,
  ],
  label: ({ resource }) => [
    `kubectl label ${resource} one tier=test`,
    `kubectl label ${resource} one tier=test`,
    `kubectl label ${resource} one tier=other`,
    `kubectl label ${resource} one tier=other --overwrite`,
  ],
  annotate: ({ resource }) => [
    `kubectl annotate ${resource} one note=seen`,
    `kubectl annotate ${resource} one note=again`,
  ],
  patch: ({ resource, patch = {} }) => [
    `kubectl patch ${resource} one -p '{"metadata":{"labels":{"tier":null}}}'`,
    `kubectl patch ${resource} one --type=merge -p '${JSON.stringify({ ...patch, metadata: { annotations: { note: 'merged' } } })}' -o yaml`,
    `kubectl patch ${resource} one --type=json -p '[{"op":"test","path":"/metadata/annotations/note","value":"seen"}]'`,
    `kubectl patch ${resource} one --type=json -p '[{"op":"replace","path":"/metadata/annotations/note","value":"json"}]'`,
    `kubectl patch ${resource} one --type=merge -p '{"metadata":{"uid":"another"}}'`,
  ],
  edit: ({ resource }) => [
    `KUBE_EDITOR='sed -i s/json/edited/' kubectl edit ${resource} one`,
    `KUBE_EDITOR=true kubectl edit ${resource} one`,
  ],
  diff: () => ['kubectl diff -f one.yaml'],
  apply: ({ changed }) => [
    'kubectl apply -f one.yaml',
    'kubectl apply -f one.yaml',
    ...(changed ? ['kubectl diff -f changed.yaml', 'kubectl apply -f changed.yaml'] : []),
    'kubectl apply -f one.yaml --server-side',
    'kubectl apply -f one.yaml --server-side --force-conflicts',
  ],
  replace: ({ changed }) => ['kubectl replace -f one.yaml', ...(changed ? ['kubectl replace -f changed.yaml'] : [])],
  set: ({ resource }) => [
    `kubectl set image ${resource}/one main=busybox:2`,
    `kubectl set env ${resource}/one COLOR=red`,
  ],
  scale: ({ resource }) => [`kubectl scale ${resource}/one --replicas=1`],
  rollout: ({ resource }) => [
    `kubectl rollout status ${resource}/one --timeout=20s`,
    `kubectl rollout history ${resource}/one`,
    `kubectl rollout restart ${resource}/one`,
    `kubectl rollout undo ${resource}/one`,
  ],
  delete: ({ resource }) => [
    `kubectl delete ${resource} one --dry-run=server`,
    `kubectl delete ${resource} one`,
    `kubectl delete ${resource} one`,
    `kubectl get ${resource} one`,
  ],
};
