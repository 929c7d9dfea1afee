import type { Job, PodFailureRule } from '../../../../lib/kubernetes/batch';
import type { ContainerStatus, Pod } from '../../../../lib/kubernetes/pod';

export interface FailureMatch {
  /** Counts towards the limits. */
  isCounted: boolean;
  /** Fails the whole Job, with this message. */
  failsJob?: string;
  failsIndex?: boolean;
}

/** The first rule that the failed pod fits decides (pkg/controller/job/pod_failure_policy.go). */
export function matchFailurePolicy({ spec }: Job, pod: Pod): FailureMatch {
  const rules = spec.podFailurePolicy?.rules ?? [];
  for (const [at, rule] of rules.entries()) {
    const what = rule.onExitCodes ? exitMatch(rule, pod) : conditionMatch(rule, pod);
    if (what === undefined) continue;
    switch (rule.action) {
      case 'Ignore':
        return { isCounted: false };
      case 'FailIndex':
        return { isCounted: true, failsIndex: true };
      case 'FailJob':
        return { isCounted: true, failsJob: `${what} matching FailJob rule at index ${at}` };
      default:
        return { isCounted: true };
    }
  }
  return { isCounted: true };
}

function exitMatch({ onExitCodes }: PodFailureRule, pod: Pod): string | undefined {
  const { containerName, operator, values = [] } = onExitCodes ?? {};
  const codeOf = ({ state }: ContainerStatus) => state?.terminated?.exitCode ?? 0;
  const found = [...(pod.status.containerStatuses ?? []), ...(pod.status.initContainerStatuses ?? [])].find(
    (status) => {
      const code = codeOf(status);
      if (code === 0 || (containerName !== undefined && containerName !== status.name)) return false;
      return operator === 'In' ? values.includes(code) : operator === 'NotIn' && !values.includes(code);
    },
  );
  const { namespace, name } = pod.metadata;
  return found && `Container ${found.name} for pod ${namespace}/${name} failed with exit code ${codeOf(found)}`;
}

function conditionMatch({ onPodConditions = [] }: PodFailureRule, pod: Pod): string | undefined {
  const found = pod.status.conditions?.find((condition) =>
    onPodConditions.some(({ type, status }) => condition.type === type && condition.status === status),
  );
  return found && `Pod ${pod.metadata.namespace}/${pod.metadata.name} has condition ${found.type}`;
}
