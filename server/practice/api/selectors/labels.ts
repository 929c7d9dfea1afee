import { badRequest } from '../errors';

/** k8s.io/apimachinery/pkg/labels: what follows `-l`, equality- and set-based. */
export type LabelMatcher = (labels: Record<string, string> | undefined) => boolean;

interface Requirement {
  key: string;
  operator: 'in' | 'notin' | 'exists' | 'absent' | 'gt' | 'lt';
  values: string[];
}

const nameText = '[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?';
const keyPattern = new RegExp(`^([a-z0-9]([-a-z0-9.]*[a-z0-9])?/)?${nameText}$`);
const valuePattern = new RegExp(`^(${nameText})?$`);

/** Throws a 400 when the text is no selector. */
export function parseLabelSelector(text: string): LabelMatcher {
  const requirements = new LabelParser(text).parse();
  return (labels = {}) => requirements.every((requirement) => isMet(requirement, labels));
}

function isMet({ key, operator, values }: Requirement, labels: Record<string, string>): boolean {
  const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
  switch (operator) {
    case 'exists':
      return value !== undefined;
    case 'absent':
      return value === undefined;
    case 'in':
      return value !== undefined && values.includes(value);
    case 'notin':
      return value === undefined || !values.includes(value);
    default: {
      const limit = Number(values[0]);
      if (value === undefined || !/^-?\d+$/.test(value)) return false;
      return operator === 'gt' ? Number(value) > limit : Number(value) < limit;
    }
  }
}

class LabelParser {
  private readonly tokens: string[];
  private at = 0;

  constructor(private readonly text: string) {
    this.tokens = text.match(/[(),]|!=|==|=|!|<|>|[^\s(),=!<>]+/g) ?? [];
  }

  parse(): Requirement[] {
    const requirements: Requirement[] = [];
    if (this.tokens.length === 0) return requirements;
    do requirements.push(this.requirement());
    while (this.taken(','));
    if (this.at < this.tokens.length)
      this.fail(`found '${this.tokens[this.at] ?? ''}', expected: ',' or 'end of string'`);
    return requirements;
  }

  private requirement(): Requirement {
    if (this.taken('!')) return { key: this.key(), operator: 'absent', values: [] };
    const key = this.key();
    const operator = this.tokens[this.at];
    if (operator === undefined || operator === ',') return { key, operator: 'exists', values: [] };
    this.at++;
    if (operator === '=' || operator === '==') return { key, operator: 'in', values: [this.value(key)] };
    if (operator === '!=') return { key, operator: 'notin', values: [this.value(key)] };
    if (operator === 'in' || operator === 'notin') return { key, operator, values: this.values(key) };
    if (operator === '>' || operator === '<')
      return { key, operator: operator === '>' ? 'gt' : 'lt', values: [this.integer()] };
    return this.fail(`found '${operator}', expected: in, notin, =, ==, !=, gt, lt`);
  }

  private key(): string {
    const key = this.tokens[this.at++] ?? '';
    if (key === '' || /^[(),=!<>]/.test(key))
      throw badRequest(`found '${key}', expected: !, identifier, or 'end of string'`);
    if (!keyPattern.test(key) || key.split('/').some((part, i, all) => part.length > (i < all.length - 1 ? 253 : 63)))
      this.fail(
        `key: Invalid value: ${JSON.stringify(key)}: name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character`,
      );
    return key;
  }

  /** A value may be left out: `a=` selects the empty value. */
  private value(key: string): string {
    const next = this.tokens[this.at];
    if (next === undefined || next === ',' || next === ')') return '';
    this.at++;
    if (/^[(!<>=]/.test(next)) this.fail(`found '${next}', expected: identifier`);
    return this.checked(key, next);
  }

  private values(key: string): string[] {
    if (!this.taken('(')) this.fail(`found '${this.tokens[this.at] ?? ''}' expected: '('`);
    const values = [this.value(key)];
    while (this.taken(',')) values.push(this.value(key));
    if (!this.taken(')')) this.fail(`found '${this.tokens[this.at] ?? ''}', expected: ',' or ')'`);
    return values;
  }

  private integer(): string {
    const value = this.tokens[this.at++] ?? '';
    if (!/^-?\d+$/.test(value))
      this.fail(
        `values[0]: Invalid value: ${JSON.stringify(value)}: for 'Gt', 'Lt' operators, the value must be an integer`,
      );
    return value;
  }

  private checked(key: string, value: string): string {
    if (!valuePattern.test(value) || value.length > 63)
      this.fail(
        `values[0][${key}]: Invalid value: ${JSON.stringify(value)}: a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')`,
      );
    return value;
  }

  private taken(token: string): boolean {
    if (this.tokens[this.at] !== token) return false;
    this.at++;
    return true;
  }

  private fail(why: string): never {
    throw badRequest(`unable to parse requirement: ${why}`);
  }
}
