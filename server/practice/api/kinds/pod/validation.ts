import type { Container, Pod, PodSpec } from '../../../../../lib/kubernetes/pod';
import { invalid, required, type FieldError } from '../../fieldError';
import { invalidEach, oneOf, validateLabels } from '../validation/fields';
import { between, validateDnsLabel, validateDnsSubdomain } from '../validation/names';
import { containerErrors, initContainerErrors } from './validateContainers';
import { affinityErrors, spreadErrors } from './validatePlacement';
import { podSecurityErrors } from './validateSecurity';
import { volumeErrors } from './validateVolumes';
import { validateIp } from '../validation/ip';

/** ValidatePodCreate of pkg/apis/core/validation. */
export function validatePod(pod: Pod): FieldError[] {
  const { containers, initContainers = [] } = pod.spec;
  return [
    ...podTemplateErrors(pod.spec, 'spec'),
    ...imageErrors(containers, 'spec.containers'),
    ...imageErrors(initContainers, 'spec.initContainers'),
  ];
}

/** validateContainersOnlyForPod: templates may have such images, for compatibility; their pods may not. */
function imageErrors(containers: Container[], at: string): FieldError[] {
  return containers.flatMap(({ image = '' }, index) =>
    image.trim() === image
      ? []
      : [invalid(`${at}[${index}].image`, image, 'must not have leading or trailing whitespace')],
  );
}

/** ValidatePodSpec, for pods and the templates of their controllers. */
export function podTemplateErrors(spec: PodSpec, at: string): FieldError[] {
  const volumes = spec.volumes ?? [];
  return [
    ...volumeErrors(volumes, `${at}.volumes`),
    ...(spec.containers?.length ? [] : [required(`${at}.containers`)]),
    ...containerErrors(spec, `${at}.containers`),
    ...initContainerErrors(spec, `${at}.initContainers`),
    ...policyErrors(spec, at),
    ...validateLabels(`${at}.nodeSelector`, spec.nodeSelector),
    ...podSecurityErrors(spec, at),
    ...affinityErrors(spec, at),
    ...dnsErrors(spec, at),
    ...spreadErrors(spec, at),
    ...nameErrors(spec, at),
    ...graceErrors(spec, at),
    ...tolerationErrors(spec, at),
    ...aliasErrors(spec, at),
  ];
}

function policyErrors(spec: PodSpec, at: string): FieldError[] {
  const dnsPolicies = ['ClusterFirstWithHostNet', 'ClusterFirst', 'Default', 'None'];
  return [
    ...oneOf(`${at}.restartPolicy`, spec.restartPolicy, ['Always', 'OnFailure', 'Never']),
    ...oneOf(`${at}.dnsPolicy`, spec.dnsPolicy, dnsPolicies),
  ];
}

function nameErrors(spec: PodSpec, at: string): FieldError[] {
  const label = (field: 'hostname' | 'subdomain') =>
    spec[field] ? invalidEach(`${at}.${field}`, spec[field], validateDnsLabel(spec[field] ?? '')) : [];
  const subdomain = (field: 'serviceAccountName' | 'nodeName' | 'priorityClassName') =>
    spec[field] ? invalidEach(`${at}.${field}`, spec[field], validateDnsSubdomain(spec[field] ?? '')) : [];
  return [
    ...subdomain('serviceAccountName'),
    ...subdomain('nodeName'),
    ...label('hostname'),
    ...label('subdomain'),
    ...subdomain('priorityClassName'),
  ];
}

const longestDeadline = 2 ** 31 - 1;

function graceErrors(spec: PodSpec, at: string): FieldError[] {
  const { activeDeadlineSeconds: deadline, terminationGracePeriodSeconds: grace } = spec;
  const errors: FieldError[] = [];
  if (deadline !== undefined && (deadline < 1 || deadline > longestDeadline)) {
    errors.push(invalid(`${at}.activeDeadlineSeconds`, deadline, between(1, longestDeadline)));
  }
  if (grace === undefined) errors.push(required(`${at}.terminationGracePeriodSeconds`));
  return errors;
}

function tolerationErrors(spec: PodSpec, at: string): FieldError[] {
  return (spec.tolerations ?? []).flatMap((toleration, index) => {
    const field = `${at}.tolerations[${index}]`;
    const { key = '', operator = '', value = '', effect = '', tolerationSeconds } = toleration;
    const errors: FieldError[] = [];
    if (key === '' && operator !== 'Exists') {
      const why = 'operator must be Exists when `key` is empty, which means "match all values and all keys"';
      errors.push(invalid(`${field}.operator`, operator, why));
    }
    if (tolerationSeconds !== undefined && effect !== 'NoExecute') {
      errors.push(invalid(`${field}.effect`, effect, "effect must be 'NoExecute' when `tolerationSeconds` is set"));
    }
    if (operator === 'Exists' && value !== '') {
      errors.push(invalid(`${field}.operator`, value, "value must be empty when `operator` is 'Exists'"));
    } else if (operator !== '' && operator !== 'Exists' && operator !== 'Equal') {
      errors.push(...oneOf(`${field}.operator`, operator, ['Equal', 'Exists']));
    }
    if (effect !== '')
      errors.push(...oneOf(`${field}.effect`, effect, ['NoSchedule', 'PreferNoSchedule', 'NoExecute']));
    return errors;
  });
}

function aliasErrors(spec: PodSpec, at: string): FieldError[] {
  return (spec.hostAliases ?? []).flatMap((alias, index) => {
    const field = `${at}.hostAliases[${index}]`;
    const names = (alias.hostnames ?? []).flatMap((name, i) =>
      invalidEach(`${field}.hostnames[${i}]`, name, validateDnsSubdomain(name)),
    );
    return [...validateIp(`${field}.ip`, alias.ip), ...names];
  });
}

function dnsErrors(spec: PodSpec, at: string): FieldError[] {
  const { dnsPolicy, dnsConfig } = spec;
  if (dnsPolicy === 'None') {
    if (!dnsConfig) return [required(`${at}.dnsConfig`, 'must provide `dnsConfig` when `dnsPolicy` is None')];
    if (!dnsConfig.nameservers?.length) {
      return [
        required(`${at}.dnsConfig.nameservers`, 'must provide at least one DNS nameserver when `dnsPolicy` is None'),
      ];
    }
  }
  return dnsConfig ? dnsConfigErrors(dnsConfig, `${at}.dnsConfig`) : [];
}

/** Labels that may begin with an underscore, as service records do. */
const searchLabel = '_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?';

function dnsConfigErrors(config: NonNullable<PodSpec['dnsConfig']>, at: string): FieldError[] {
  const { nameservers = [], searches = [], options = [] } = config;
  const errors =
    nameservers.length > 3 ? [invalid(`${at}.nameservers`, nameservers, 'must not have more than 3 nameservers')] : [];
  nameservers.forEach((ip, i) => errors.push(...validateIp(`${at}.nameservers[${i}]`, ip)));
  if (searches.length > 32) errors.push(invalid(`${at}.searches`, searches, 'must not have more than 32 search paths'));
  const pattern = `${searchLabel}(\\.${searchLabel})*`;
  searches.forEach((search, i) => {
    if (search === '.' || new RegExp(`^${pattern}$`).test(search.replace(/\.$/, ''))) return;
    const rule =
      "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '_', '-' or '.', and must start and end with an alphanumeric character";
    const why = `${rule} (e.g. 'example.com', regex used for validation is '${pattern}')`;
    errors.push(invalid(`${at}.searches[${i}]`, search, why));
  });
  options.forEach(({ name }, i) => {
    if (!name) errors.push(required(`${at}.options[${i}]`, 'must not be empty'));
  });
  return errors;
}
