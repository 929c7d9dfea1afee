/** Rules for names, in the words of k8s.io/apimachinery/pkg/util/validation. Each gives what is wrong, or an empty list. */

const dnsLabel = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const dnsSubdomain = `${dnsLabel}(\\.${dnsLabel})*`;
const labelKey = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]';
const alphanumericEnds = 'must start and end with an alphanumeric character';

export function validateDnsSubdomain(name: string): string[] {
  const errors = name.length > 253 ? [tooManyCharacters(253)] : [];
  if (!matches(name, dnsSubdomain)) {
    const rule = `a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and ${alphanumericEnds}`;
    errors.push(patternError(rule, dnsSubdomain, 'example.com'));
  }
  return errors;
}

export function validateDnsLabel(name: string): string[] {
  const errors = name.length > 63 ? [tooManyCharacters(63)] : [];
  if (matches(name, dnsLabel)) return errors;
  if (matches(name, dnsSubdomain)) return [...errors, 'must not contain dots'];
  const rule = `a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and ${alphanumericEnds}`;
  return [...errors, patternError(rule, dnsLabel, 'my-name', '123-abc')];
}

export function validateQualifiedName(name: string): string[] {
  const parts = name.split('/');
  const rule = `must consist of alphanumeric characters, '-', '_' or '.', and ${alphanumericEnds}`;
  const pattern = patternError(rule, labelKey, 'MyName', 'my.name', '123-abc');
  if (parts.length > 2) {
    return [`a valid label key ${pattern} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`];
  }
  const own = parts[parts.length - 1] ?? '';
  const errors = parts.length === 2 ? prefixErrors(parts[0] ?? '') : [];
  if (own === '') errors.push('name part must be non-empty');
  else if (own.length > 63) errors.push('name part must be no more than 63 bytes');
  if (!matches(own, labelKey)) errors.push(`name part ${pattern}`);
  return errors;
}

function prefixErrors(prefix: string): string[] {
  if (prefix === '') return ['prefix part must be non-empty'];
  return validateDnsSubdomain(prefix).map((error) => `prefix part ${error.replace(/253 characters$/, '253 bytes')}`);
}

export function validateLabelValue(value: string): string[] {
  const errors = value.length > 63 ? ['must be no more than 63 bytes'] : [];
  const pattern = `(${labelKey})?`;
  if (!matches(value, pattern)) {
    const rule = `a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and ${alphanumericEnds}`;
    errors.push(patternError(rule, pattern, 'MyValue', 'my_value', '12345'));
  }
  return errors;
}

export function validatePortNumber(port: number): string[] {
  return port >= 1 && port <= 65535 ? [] : [between(1, 65535)];
}

export function validatePortName(name: string): string[] {
  const errors = name.length > 15 ? [tooManyCharacters(15)] : [];
  if (!matches(name, '[-a-z0-9]+'))
    errors.push('must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)');
  if (!/[a-z]/.test(name)) errors.push('must contain at least one letter (a-z)');
  if (name.includes('--')) errors.push('must not contain consecutive hyphens');
  if (name.startsWith('-') || name.endsWith('-')) errors.push('must not begin or end with a hyphen');
  return errors;
}

/** Names of environment variables: anything printable but `=` (the relaxed rule, on by default since 1.34). */
export function validateEnvironmentName(name: string): string[] {
  const errors = name === '' ? ['environment variable name must be non-empty'] : [];
  if (/[^\x20-\x7e]|=/.test(name)) {
    errors.push("a valid environment variable name must consist only of printable ASCII characters other than '='");
  }
  return errors;
}

export function validateConfigKey(key: string): string[] {
  const errors = key.length > 253 ? [tooManyCharacters(253)] : [];
  const rule = "a valid config key must consist of alphanumeric characters, '-', '_' or '.'";
  if (!matches(key, '[-._a-zA-Z0-9]+')) {
    errors.push(patternError(rule, '[-._a-zA-Z0-9]+', 'key.name', 'KEY_NAME', 'key-name'));
  }
  if (key === '.') errors.push("must not be '.'");
  else if (key === '..') errors.push("must not be '..'");
  else if (key.startsWith('..')) errors.push("must not start with '..'");
  return errors;
}

export function validateHttpHeaderName(name: string): string[] {
  if (matches(name, '[-A-Za-z0-9]+')) return [];
  const rule = "a valid HTTP header must consist of alphanumeric characters or '-'";
  return [patternError(rule, '[-A-Za-z0-9]+', 'X-Header-Name')];
}

/** Names that stand in a URL path: RBAC's, which may hold colons and upper case. */
export function validatePathSegment(name: string): string[] {
  if (name === '.' || name === '..') return [`may not be '${name}'`];
  return ['/', '%'].filter((part) => name.includes(part)).map((part) => `may not contain '${part}'`);
}

export function validatePercent(text: string): string[] {
  if (matches(text, '[0-9]+%')) return [];
  const rule = "a valid percent string must be a numeric string followed by an ending '%'";
  return [patternError(rule, '[0-9]+%', '1%', '93%')];
}

export function between(low: number, high: number): string {
  return `must be between ${low} and ${high}, inclusive`;
}

const compiled = new Map<string, RegExp>();

function matches(text: string, pattern: string): boolean {
  const known = compiled.get(pattern) ?? new RegExp(`^${pattern}$`);
  compiled.set(pattern, known);
  return known.test(text);
}

function tooManyCharacters(length: number): string {
  return `must be no more than ${length} characters`;
}

function patternError(rule: string, pattern: string, ...examples: string[]): string {
  const quoted = examples.map((example) => `'${example}', `).join(' or ');
  return `${rule} (e.g. ${quoted}regex used for validation is '${pattern}')`;
}
