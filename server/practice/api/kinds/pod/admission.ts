import type { ServiceAccount } from '../../../../../lib/kubernetes/cluster';
import type { Pod, Toleration, Volume } from '../../../../../lib/kubernetes/pod';
import type { LimitRange } from '../../../../../lib/kubernetes/quota';
import { StatusError } from '../../../status';
import { deepFreeze } from '../../../storage/freeze';
import { giveDefaultResources } from '../../limits/defaults';
import type { KindContext } from '../kind';

/**
 * What upstream's admission plugins do to a new pod: LimitRanger, ServiceAccount, Priority and DefaultTolerationSeconds
 * (plugin/pkg/admission). Not simulated: PriorityClass and RuntimeClass objects, and pod security.
 */
export function admitPod(pod: Pod, context: KindContext): void {
  giveDefaultResources(pod, context.findAll<LimitRange>('limitranges', pod.metadata.namespace));
  giveServiceAccount(pod, context);
  givePriority(pod);
  if (pod.spec.runtimeClassName)
    throw refused(pod, `pod rejected: RuntimeClass "${pod.spec.runtimeClassName}" not found`);
  tolerateLostNodes(pod);
}

/** Five minutes on a lost node before the pod is evicted. Nearly every pod has these; they all hold the same. */
const lostNodes: readonly Toleration[] = deepFreeze(
  ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable'].map((key) => ({
    key,
    operator: 'Exists',
    effect: 'NoExecute',
    tolerationSeconds: 300,
  })),
);

/** On updates too: a pod cannot lose these. */
export function tolerateLostNodes(pod: Pod): void {
  for (const toleration of lostNodes) tolerate(pod, toleration);
}

const tokenMount = '/var/run/secrets/kubernetes.io/serviceaccount';
const tokenVolume = 'kube-api-access';

function giveServiceAccount(pod: Pod, context: KindContext): void {
  const namespace = pod.metadata.namespace ?? 'default';
  pod.spec.serviceAccountName ||= 'default';
  pod.spec.serviceAccount = pod.spec.serviceAccountName;
  const account = context.find<ServiceAccount>('serviceaccounts', pod.spec.serviceAccountName, namespace);
  if (!account) throw accountMissing(pod, namespace, pod.spec.serviceAccountName);
  if (pod.spec.automountServiceAccountToken ?? account.automountServiceAccountToken ?? true) mountToken(pod, context);
  const secrets = account.imagePullSecrets ?? [];
  if (!pod.spec.imagePullSecrets?.length && secrets.length > 0) {
    pod.spec.imagePullSecrets = secrets.map(({ name }) => ({ name }));
  }
}

function accountMissing(pod: Pod, namespace: string, account: string): StatusError {
  return refused(
    pod,
    `error looking up service account ${namespace}/${account}: serviceaccount "${account}" not found`,
  );
}

/** The classes that every cluster has; objects of the kind PriorityClass are not served. */
const systemClasses: Record<string, number> = {
  'system-cluster-critical': 2_000_000_000,
  'system-node-critical': 2_000_001_000,
};

function givePriority({ metadata, spec }: Pod): void {
  const name = spec.priorityClassName ?? '';
  const computed = name === '' ? 0 : systemClasses[name];
  if (computed === undefined) throw refused({ metadata }, `no PriorityClass with name ${name} was found`);
  if (spec.priority !== undefined && spec.priority !== computed) {
    const why = `priority admission controller computed ${computed} from the given PriorityClass name`;
    throw refused(
      { metadata },
      `the integer value of priority (${spec.priority}) must not be provided in pod spec; ${why}`,
    );
  }
  spec.priority = computed;
  spec.preemptionPolicy ??= 'PreemptLowerPriority';
}

function refused(pod: Pick<Pod, 'metadata'>, why: string): StatusError {
  const name = pod.metadata.name ?? pod.metadata.generateName ?? '';
  return new StatusError(403, 'Forbidden', `pods "${name}" is forbidden: ${why}`, { name, kind: 'pods' });
}

/** A container that mounts something of its own there keeps it. */
function mountToken(pod: Pod, context: KindContext): void {
  const existing = pod.spec.volumes?.find((volume) => volume.name.startsWith(`${tokenVolume}-`));
  const name = existing?.name ?? `${tokenVolume}-${context.ids.suffix(5)}`;
  let isNeeded = false;
  for (const container of [...(pod.spec.initContainers ?? []), ...(pod.spec.containers ?? [])]) {
    if (container.volumeMounts?.some((mount) => mount.mountPath === tokenMount)) continue;
    // Joined rather than spread, here and below: a list that grew keeps room for sixteen more, in every pod.
    container.volumeMounts = (container.volumeMounts ?? []).concat({ name, readOnly: true, mountPath: tokenMount });
    isNeeded = true;
  }
  if (isNeeded && !existing) pod.spec.volumes = (pod.spec.volumes ?? []).concat({ name, projected: token });
}

/** The same in all pods, and one object for them all. */
const token: Volume['projected'] = deepFreeze({
  sources: [
    // An hour and seven seconds: how upstream tells its own mounts from those that people write.
    { serviceAccountToken: { expirationSeconds: 3607, path: 'token' } },
    { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
    {
      downwardAPI: { items: [{ path: 'namespace', fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' } }] },
    },
  ],
  defaultMode: 0o644,
});

/** Unless the pod says otherwise for that taint. */
function tolerate(pod: Pod, toleration: Toleration): void {
  const isTolerated = pod.spec.tolerations?.some(
    (t) => (t.key === toleration.key || !t.key) && (t.effect === 'NoExecute' || !t.effect),
  );
  if (isTolerated) return;
  pod.spec.tolerations = (pod.spec.tolerations ?? []).concat(toleration);
}
