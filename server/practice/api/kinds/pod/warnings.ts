import type { Pod, PodTemplateSpec } from '../../../../../lib/kubernetes/pod';

/** pkg/api/pod/warnings.go, as far as labs meet it. */
export function podWarnings(pod: Pod): string[] {
  return templateWarnings(pod, '');
}

export function templateWarnings(template: Pod | PodTemplateSpec, at: string): string[] {
  const path = (field: string) => (at === '' ? field : `${at}.${field}`);
  const warnings: string[] = [];
  const { spec } = template;
  if ((spec.terminationGracePeriodSeconds ?? 0) < 0) {
    const why = 'must be >= 0; negative values are invalid and will be treated as 1';
    warnings.push(`${path('spec.terminationGracePeriodSeconds')}: ${why}`);
  }
  for (const [list, containers] of [
    ['initContainers', spec.initContainers],
    ['containers', spec.containers],
  ] as const) {
    (containers ?? []).forEach((container, index) => {
      const field = path(`spec.${list}[${index}]`);
      warnings.push(...repeatedNames(container.env ?? [], field), ...wholeMilli(container.resources, field));
    });
  }
  return warnings;
}

function repeatedNames(variables: { name: string }[], at: string): string[] {
  const names = variables.map((variable) => variable.name);
  return names.flatMap((name, index) => {
    const before = names.indexOf(name);
    if (before === index) return [];
    return [`${at}.env[${index}]: hides previous definition of "${name}", which may be dropped when using apply`];
  });
}

/** Memory in thousandths of a byte is a slip of the pen. */
function wholeMilli(
  resources: { requests?: Record<string, string>; limits?: Record<string, string> } | undefined,
  at: string,
): string[] {
  return (['requests', 'limits'] as const).flatMap((list) => {
    const value = resources?.[list]?.memory;
    return value?.endsWith('m')
      ? [`${at}.resources.${list}[memory]: fractional byte value "${value}" is invalid, must be an integer`]
      : [];
  });
}
