import type {
  Container,
  ContainerPort,
  EnvironmentVariable,
  PodSpec,
  VolumeMount,
} from '../../../../../lib/kubernetes/pod';
import { duplicate, forbidden, invalid, notFound, notSupported, required, type FieldError } from '../../fieldError';
import { invalidEach, oneOf, portNumber } from '../validation/fields';
import {
  validateConfigKey,
  validateDnsLabel,
  validateDnsSubdomain,
  validateEnvironmentName,
  validatePortName,
  validatePortNumber,
  validateQualifiedName,
} from '../validation/names';
import { lifecycleErrors, probeErrors } from './validateProbes';
import { resourceErrors } from './validateResources';
import { containerSecurityErrors } from './validateSecurity';
import { localPathErrors } from './validateVolumes';
import { validateIp } from '../validation/ip';

/** validateContainers of pkg/apis/core/validation. */
export function containerErrors(spec: PodSpec, at: string): FieldError[] {
  const errors = namesAndPorts(spec.containers ?? [], at, []);
  (spec.containers ?? []).forEach((container, index) => {
    const field = `${at}[${index}]`;
    errors.push(...commonErrors(container, spec, field));
    errors.push(...lifecycleErrors(container.lifecycle, `${field}.lifecycle`));
    const grace = spec.terminationGracePeriodSeconds;
    errors.push(...probeErrors(container.livenessProbe, `${field}.livenessProbe`, { mustSucceedOnce: true, grace }));
    errors.push(...probeErrors(container.readinessProbe, `${field}.readinessProbe`, { mayNotSetGrace: true, grace }));
    errors.push(...probeErrors(container.startupProbe, `${field}.startupProbe`, { mustSucceedOnce: true, grace }));
  });
  errors.push(...hostPortConflicts(spec.containers ?? [], at));
  return errors;
}

export function initContainerErrors(spec: PodSpec, at: string): FieldError[] {
  const others = (spec.containers ?? []).map((container) => container.name);
  const errors = namesAndPorts(spec.initContainers ?? [], at, others);
  (spec.initContainers ?? []).forEach((container, index) => {
    const field = `${at}[${index}]`;
    errors.push(...commonErrors(container, spec, field));
    const policy = container.restartPolicy;
    if (policy !== undefined) errors.push(...oneOf(`${field}.restartPolicy`, policy, ['Always', 'Never', 'OnFailure']));
    if (policy === 'Always') return;
    const unusable = ['lifecycle', 'livenessProbe', 'readinessProbe', 'startupProbe'] as const;
    for (const name of unusable) {
      if (container[name]) {
        errors.push(forbidden(`${field}.${name}`, 'may not be set for init containers without restartPolicy=Always'));
      }
    }
  });
  return errors;
}

/** validateEphemeralContainers: what looks into a pod for a while serves nothing and owns nothing. */
export function ephemeralContainerErrors(spec: PodSpec, at: string): FieldError[] {
  const others = [...(spec.containers ?? []), ...(spec.initContainers ?? [])].map((container) => container.name);
  const list = spec.ephemeralContainers ?? [];
  const errors = namesAndPorts(list, at, others);
  list.forEach((container, index) => {
    const field = `${at}[${index}]`;
    const why = 'cannot be set for an Ephemeral Container';
    const { targetContainerName: target } = container;
    errors.push(...commonErrors(container, spec, field));
    if (target && !others.includes(target)) errors.push(notFound(`${field}.targetContainerName`, target));
    for (const name of serving) if (isSet(container[name])) errors.push(forbidden(`${field}.${name}`, why));
    (container.volumeMounts ?? []).forEach((mount, i) => {
      for (const name of ['subPath', 'subPathExpr'] as const)
        if (mount[name]) errors.push(forbidden(`${field}.volumeMounts[${i}].${name}`, why));
    });
  });
  return errors;
}

const serving = [
  'ports',
  'resources',
  'restartPolicy',
  'livenessProbe',
  'readinessProbe',
  'startupProbe',
  'lifecycle',
] as const;

function isSet(value: unknown): boolean {
  return value !== undefined && (typeof value !== 'object' || Object.keys(value ?? {}).length > 0);
}

function namesAndPorts(containers: Container[], at: string, taken: string[]): FieldError[] {
  const seen = new Set(taken);
  return containers.flatMap(({ name = '' }, index) => {
    const field = `${at}[${index}].name`;
    const errors = name === '' ? [required(field)] : invalidEach(field, name, validateDnsLabel(name));
    if (name !== '' && seen.has(name)) errors.push(duplicate(field, name));
    seen.add(name);
    return errors;
  });
}

function commonErrors(container: Container, spec: PodSpec, at: string): FieldError[] {
  const image = container.image ?? '';
  const errors = image === '' ? [required(`${at}.image`)] : [];
  errors.push(
    ...oneOf(`${at}.terminationMessagePolicy`, container.terminationMessagePolicy, ['File', 'FallbackToLogsOnError']),
  );
  errors.push(...portErrors(container.ports ?? [], spec, `${at}.ports`));
  errors.push(...environmentErrors(container.env ?? [], `${at}.env`));
  errors.push(...sourceErrors(container, `${at}.envFrom`));
  errors.push(...mountErrors(container.volumeMounts ?? [], spec, `${at}.volumeMounts`));
  errors.push(...oneOf(`${at}.imagePullPolicy`, container.imagePullPolicy, ['Always', 'IfNotPresent', 'Never']));
  errors.push(...resourceErrors(container.resources, `${at}.resources`));
  errors.push(...containerSecurityErrors(container, at));
  return errors;
}

function portErrors(ports: ContainerPort[], spec: PodSpec, at: string): FieldError[] {
  const names = new Set<string>();
  return ports.flatMap((port, index) => {
    const field = `${at}[${index}]`;
    const { name = '', containerPort, hostPort, protocol, hostIP } = port;
    const errors = name === '' ? [] : invalidEach(`${field}.name`, name, validatePortName(name));
    if (name !== '' && errors.length === 0) {
      if (names.has(name)) errors.push(duplicate(`${field}.name`, name));
      names.add(name);
    }
    if (!containerPort) errors.push(required(`${field}.containerPort`));
    else errors.push(...portNumber(`${field}.containerPort`, containerPort));
    if (hostPort) {
      errors.push(...invalidEach(`${field}.hostPort`, hostPort, validatePortNumber(hostPort)));
      if (spec.hostNetwork && hostPort !== containerPort) {
        errors.push(invalid(`${field}.hostPort`, hostPort, 'must match `containerPort` when `hostNetwork` is true'));
      }
    }
    errors.push(...oneOf(`${field}.protocol`, protocol, ['SCTP', 'TCP', 'UDP']));
    if (hostIP) errors.push(...validateIp(`${field}.hostIP`, hostIP));
    return errors;
  });
}

/** Two containers of one pod cannot have the same port of the node. */
function hostPortConflicts(containers: Container[], at: string): FieldError[] {
  const seen = new Set<string>();
  return containers.flatMap((container, index) =>
    (container.ports ?? []).flatMap(({ hostPort, hostIP = '', protocol = 'TCP' }, i) => {
      if (!hostPort) return [];
      const key = `${protocol}/${hostIP}/${hostPort}`;
      const isTaken = seen.has(key);
      seen.add(key);
      return isTaken ? [duplicate(`${at}[${index}].ports[${i}].hostPort`, key)] : [];
    }),
  );
}

function environmentErrors(variables: EnvironmentVariable[], at: string): FieldError[] {
  return variables.flatMap(({ name = '', value, valueFrom }, index) => {
    const field = `${at}[${index}]`;
    const errors =
      name === '' ? [required(`${field}.name`)] : invalidEach(`${field}.name`, name, validateEnvironmentName(name));
    if (!valueFrom) return errors;
    const from = `${field}.valueFrom`;
    const sources = Object.values(valueFrom).filter((source) => source !== undefined);
    if (sources.length === 0) {
      const why =
        'must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`';
      errors.push(invalid(from, '', why));
    } else if (value) errors.push(invalid(from, '', 'may not be specified when `value` is not empty'));
    if (sources.length > 1) errors.push(invalid(from, '', 'may not have more than one field specified at a time'));
    return [...errors, ...referenceErrors(valueFrom, from)];
  });
}

const fieldPaths = [
  'metadata.annotations',
  'metadata.labels',
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  'spec.nodeName',
  'spec.serviceAccountName',
  'status.hostIP',
  'status.hostIPs',
  'status.podIP',
  'status.podIPs',
];

function referenceErrors(from: NonNullable<EnvironmentVariable['valueFrom']>, at: string): FieldError[] {
  const errors: FieldError[] = [];
  if (from.fieldRef) errors.push(...fieldRefErrors(from.fieldRef, `${at}.fieldRef`));
  if (from.resourceFieldRef) {
    errors.push(...resourceRefErrors(from.resourceFieldRef, `${at}.resourceFieldRef.resource`));
  }
  for (const kind of ['configMapKeyRef', 'secretKeyRef'] as const) {
    const reference = from[kind];
    if (!reference) continue;
    const name = reference.name ?? '';
    errors.push(...invalidEach(`${at}.${kind}.name`, name, validateDnsSubdomain(name)));
    if (!reference.key) errors.push(required(`${at}.${kind}.key`));
    else errors.push(...invalidEach(`${at}.${kind}.key`, reference.key, validateConfigKey(reference.key)));
  }
  return errors;
}

const resourceNames = ['limits', 'requests'].flatMap((list) =>
  ['cpu', 'ephemeral-storage', 'memory'].map((name) => `${list}.${name}`),
);

function resourceRefErrors({ resource }: { resource: string }, field: string): FieldError[] {
  if (!resource) return [required(field)];
  const isKnown = resourceNames.includes(resource) || /^(limits|requests)\.hugepages-/.test(resource);
  return isKnown ? [] : [notSupported(field, resource, resourceNames)];
}

function fieldRefErrors({ fieldPath }: { fieldPath: string }, at: string): FieldError[] {
  if (!fieldPath) return [required(`${at}.fieldPath`)];
  const subscript = /^(metadata\.(?:annotations|labels))\['(.*)'\]$/.exec(fieldPath);
  if (subscript) {
    const key = subscript[2] ?? '';
    return invalidEach(at, key, validateQualifiedName(key.toLowerCase()));
  }
  const usable = fieldPaths.filter((path) => path !== 'metadata.annotations' && path !== 'metadata.labels');
  if (usable.includes(fieldPath)) return [];
  if (fieldPaths.includes(fieldPath)) return [notSupported(`${at}.fieldPath`, fieldPath, usable)];
  return [invalid(`${at}.fieldPath`, fieldPath, `error converting fieldPath: field label not supported: ${fieldPath}`)];
}

function sourceErrors(container: Container, at: string): FieldError[] {
  return (container.envFrom ?? []).flatMap(({ prefix, configMapRef, secretRef }, index) => {
    const field = `${at}[${index}]`;
    const errors = prefix ? invalidEach(`${field}.prefix`, prefix, validateEnvironmentName(prefix)) : [];
    if (!configMapRef && !secretRef) {
      errors.push(invalid(at, '', 'must specify one of: `configMapRef` or `secretRef`'));
    }
    if (configMapRef && secretRef) {
      errors.push(invalid(at, '', 'may not have more than one field specified at a time'));
    }
    if (configMapRef && !configMapRef.name) errors.push(required(`${field}.configMapRef.name`));
    if (secretRef && !secretRef.name) errors.push(required(`${field}.secretRef.name`));
    return errors;
  });
}

function mountErrors(mounts: VolumeMount[], spec: PodSpec, at: string): FieldError[] {
  const paths = new Set<string>();
  const volumes = new Set((spec.volumes ?? []).map((volume) => volume.name));
  return mounts.flatMap((mount, index) => {
    const field = `${at}[${index}]`;
    const errors = mount.name ? [] : [required(`${field}.name`)];
    if (!volumes.has(mount.name)) errors.push(notFound(`${field}.name`, mount.name ?? ''));
    if (!mount.mountPath) errors.push(required(`${field}.mountPath`));
    if (paths.has(mount.mountPath)) errors.push(invalid(`${field}.mountPath`, mount.mountPath, 'must be unique'));
    paths.add(mount.mountPath);
    if (mount.subPath) errors.push(...localPathErrors(`${at}.subPath`, mount.subPath));
    if (mount.subPath && mount.subPathExpr) {
      errors.push(invalid(`${field}.subPathExpr`, mount.subPathExpr, 'subPathExpr and subPath are mutually exclusive'));
    }
    return errors;
  });
}
