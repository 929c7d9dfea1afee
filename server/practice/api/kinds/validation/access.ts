import type { ClusterRole, PolicyRule, Role, RoleBinding, Subject } from '../../../../../lib/kubernetes/access';
import { invalid, notSupported, required, type FieldError } from '../../fieldError';
import { equalJson } from '../../json';
import { invalidEach, validateSelector } from './fields';
import { validateDnsSubdomain, validatePathSegment } from './names';

export { validatePathSegment };

/** pkg/apis/rbac/validation/validation.go. */
const group = 'rbac.authorization.k8s.io';

export function validateRole(role: Role): FieldError[] {
  return (role.rules ?? []).flatMap((rule, index) => ruleErrors(rule, true, `rules[${index}]`));
}

export function validateClusterRole(role: ClusterRole): FieldError[] {
  const rules = (role.rules ?? []).flatMap((rule, index) => ruleErrors(rule, false, `rules[${index}]`));
  if (!role.aggregationRule) return rules;
  const at = 'aggregationRule.clusterRoleSelectors';
  const selectors = role.aggregationRule.clusterRoleSelectors ?? [];
  const why = 'at least one clusterRoleSelector required if aggregationRule is non-nil';
  return [
    ...rules,
    ...(selectors.length === 0 ? [required(at, why)] : []),
    ...selectors.flatMap((selector, index) => validateSelector(`${at}[${index}]`, selector)),
  ];
}

function ruleErrors(rule: PolicyRule, isNamespaced: boolean, at: string): FieldError[] {
  const errors: FieldError[] = [];
  if (!rule.verbs?.length) errors.push(required(`${at}.verbs`, 'verbs must contain at least one value'));
  const urls = rule.nonResourceURLs;
  if (urls?.length) {
    const field = `${at}.nonResourceURLs`;
    if (isNamespaced) errors.push(invalid(field, urls, 'namespaced rules cannot apply to non-resource URLs'));
    if (rule.apiGroups?.length || rule.resources?.length || rule.resourceNames?.length) {
      errors.push(invalid(field, urls, 'rules cannot apply to both regular resources and non-resource URLs'));
    }
    return errors;
  }
  if (!rule.apiGroups?.length)
    errors.push(required(`${at}.apiGroups`, 'resource rules must supply at least one api group'));
  if (!rule.resources?.length)
    errors.push(required(`${at}.resources`, 'resource rules must supply at least one resource'));
  return errors;
}

export function validateRoleBinding(binding: RoleBinding): FieldError[] {
  return bindingErrors(binding, ['Role', 'ClusterRole'], true);
}

export function validateClusterRoleBinding(binding: RoleBinding): FieldError[] {
  return bindingErrors(binding, ['ClusterRole'], false);
}

export function validateRoleBindingUpdate(binding: RoleBinding, old: RoleBinding): FieldError[] {
  if (equalJson(binding.roleRef, old.roleRef)) return [];
  const { apiGroup, kind, name } = binding.roleRef;
  return [invalid('roleRef', { APIGroup: apiGroup, Kind: kind, Name: name }, 'cannot change roleRef')];
}

function bindingErrors(binding: RoleBinding, kinds: string[], isNamespaced: boolean): FieldError[] {
  const { apiGroup = '', kind = '', name = '' } = binding.roleRef ?? {};
  const subjects = binding.subjects ?? [];
  return [
    ...(apiGroup === group ? [] : [notSupported('roleRef.apiGroup', apiGroup, [group])]),
    ...(kinds.includes(kind) ? [] : [notSupported('roleRef.kind', kind, kinds)]),
    ...(name === '' ? [required('roleRef.name')] : invalidEach('roleRef.name', name, validatePathSegment(name))),
    ...subjects.flatMap((subject, index) => subjectErrors(subject, isNamespaced, `subjects[${index}]`)),
  ];
}

function subjectErrors(subject: Subject, isNamespaced: boolean, at: string): FieldError[] {
  const errors = subject.name ? [] : [required(`${at}.name`)];
  const apiGroup = subject.apiGroup ?? '';
  switch (subject.kind) {
    case 'ServiceAccount':
      if (subject.name) errors.push(...invalidEach(`${at}.name`, subject.name, validateDnsSubdomain(subject.name)));
      if (apiGroup !== '') errors.push(notSupported(`${at}.apiGroup`, apiGroup, ['']));
      if (!isNamespaced && !subject.namespace) errors.push(required(`${at}.namespace`));
      return errors;
    case 'User':
    case 'Group':
      return apiGroup === group ? errors : [...errors, notSupported(`${at}.apiGroup`, apiGroup, [group])];
    default:
      return [...errors, notSupported(`${at}.kind`, subject.kind ?? '', ['ServiceAccount', 'User', 'Group'])];
  }
}
