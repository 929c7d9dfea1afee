import type { KubernetesObject } from '../../../../lib/kubernetes/metadata';
import { timestamp } from '../../clock';
import type { ServiceAccountToken, Tokens } from '../access/tokens';
import type { Core } from '../core';
import { badRequest, conflictError, invalidError } from '../errors';
import { invalid } from '../fieldError';
import { objectAt, stringAt } from '../json';
import { storageKey, type Target } from '../registry';
import { getObject } from './get';

export const tokenRequestKind = {
  group: 'authentication.k8s.io',
  version: 'v1',
  kind: 'TokenRequest',
  plural: 'tokenrequests',
  message: 'k8s.io.api.authentication.v1.TokenRequest',
};

const defaultSeconds = 3600;
const shortestSeconds = 600;
const defaultAudience = 'https://kubernetes.default.svc.cluster.local';

/** POST serviceaccounts/NAME/token (pkg/registry/core/serviceaccount/storage/token.go). Bound to a pod when it says so. */
export function requestToken(core: Core, tokens: Tokens, target: Target, request: KubernetesObject): KubernetesObject {
  const account = getObject(core, target);
  const spec = objectAt(request, 'spec') ?? {};
  const expirationSeconds = typeof spec.expirationSeconds === 'number' ? spec.expirationSeconds : defaultSeconds;
  if (expirationSeconds < shortestSeconds)
    throw invalidError(tokenRequestKind, '', [
      invalid('spec.expirationSeconds', expirationSeconds, 'may not specify a duration less than 10 minutes'),
    ]);
  const given = Array.isArray(spec.audiences) ? spec.audiences.filter((a): a is string => typeof a === 'string') : [];
  const audiences = given.length > 0 ? given : [defaultAudience];
  const bound = boundPod(core, target, spec.boundObjectRef);
  const { token, expiresAt } = tokens.mint({
    namespace: target.namespace,
    serviceAccount: target.name,
    serviceAccountUid: account.metadata.uid ?? '',
    audiences,
    expirationSeconds,
    ...bound,
  });
  const answer = {
    ...request,
    metadata: { name: target.name, namespace: target.namespace, creationTimestamp: timestamp(core.clock.now()) },
    spec: { ...spec, audiences, expirationSeconds },
    status: { token, expirationTimestamp: timestamp(expiresAt) },
  };
  return answer;
}

function boundPod(
  core: Core,
  { kind, namespace, name }: Target,
  reference: unknown,
): Pick<ServiceAccountToken, 'pod' | 'node'> {
  const bound = stringAt(reference, 'kind');
  if (!bound) return {};
  if (bound !== 'Pod') throw badRequest(`cannot bind token to object of type ${bound}`);
  const podName = stringAt(reference, 'name') ?? '';
  const pod = core.storage.get('pods', storageKey(namespace, podName));
  const uid = stringAt(reference, 'uid') ?? '';
  if (!pod || (uid !== '' && pod.metadata.uid !== uid))
    throw conflictError(
      kind,
      name,
      `the UID in the bound object reference (${uid}) does not match the UID in record (${pod?.metadata.uid ?? ''}). The object might have been deleted and then recreated`,
    );
  const nodeName = stringAt(objectAt(pod, 'spec'), 'nodeName') ?? '';
  const node = nodeName === '' ? undefined : core.storage.get('nodes', storageKey('', nodeName));
  return {
    pod: { name: podName, uid: pod.metadata.uid ?? '' },
    ...(node ? { node: { name: nodeName, uid: node.metadata.uid ?? '' } } : {}),
  };
}
