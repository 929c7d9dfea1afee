import { ShellError } from './shellError';

export interface Variable {
  /** Undefined: declared (exported, readonly) but without a value. */
  value?: string | Map<string, string>;
  exported?: boolean;
  readonly?: boolean;
  integer?: boolean;
  /** An associative array; other maps are indexed by numbers. */
  associative?: boolean;
  changeCase?: 'upper' | 'lower';
}

/** A shell's variables, with the values that `local` has put aside for the time of a function. */
export class Variables {
  private readonly table: Map<string, Variable>;
  private readonly scopes: Map<string, Variable | undefined>[] = [];
  /** Values that are made when asked for: RANDOM, SECONDS, LINENO. */
  readonly computed = new Map<string, { get: () => string; set?: (value: string) => void }>();

  constructor(from?: Variables) {
    this.table = new Map([...(from?.table ?? [])].map(([name, variable]) => [name, copyOf(variable)]));
    this.scopes = (from?.scopes ?? []).map((scope) => new Map(scope));
  }

  get(name: string): string | undefined {
    const computed = this.computed.get(name);
    if (computed) return computed.get();
    const value = this.table.get(name)?.value;
    return value instanceof Map ? value.get('0') : value;
  }

  variable(name: string): Variable | undefined {
    return this.table.get(name);
  }

  /** Throws `ShellError` for a readonly one. */
  set(name: string, value: string): void {
    const computed = this.computed.get(name);
    if (computed) return computed.set?.(value);
    const variable = this.writable(name);
    const cased = changedCase(variable, value);
    if (variable.value instanceof Map) variable.value.set('0', cased);
    else variable.value = cased;
  }

  setElement(name: string, index: string, value: string): void {
    const variable = this.writable(name);
    if (!(variable.value instanceof Map))
      variable.value = new Map(variable.value === undefined ? [] : [['0', variable.value]]);
    variable.value.set(index, changedCase(variable, value));
  }

  setArray(name: string, elements: Map<string, string>): void {
    this.writable(name).value = elements;
  }

  unset(name: string): void {
    if (this.table.get(name)?.readonly) throw new ShellError({ kind: 'readonly', name, unsetting: true });
    this.computed.delete(name);
    this.table.delete(name);
  }

  /** Changes attributes; makes the variable, without a value, when it is not there. */
  declare(name: string, attributes: Omit<Variable, 'value'>): Variable {
    const variable = this.table.get(name) ?? {};
    this.table.set(name, Object.assign(variable, attributes));
    return variable;
  }

  /** Those that a script can name: what else stands in the environment is only handed on. */
  names(): string[] {
    return [...this.table.keys()].filter((name) => /^[A-Za-z_]\w*$/.test(name)).sort();
  }

  enterFunction(): void {
    this.scopes.push(new Map());
  }

  leaveFunction(): void {
    for (const [name, saved] of this.scopes.pop() ?? []) {
      if (saved) this.table.set(name, saved);
      else this.table.delete(name);
    }
  }

  get isInFunction(): boolean {
    return this.scopes.length > 0;
  }

  /** Keeps the present value for the end of the function. bash's local begins unset, dash's keeps the value. */
  local(name: string, keepsValue: boolean): void {
    const scope = this.scopes.at(-1);
    if (!scope) return;
    const present = this.table.get(name);
    if (present?.readonly) throw new ShellError({ kind: 'readonly', name });
    if (!scope.has(name)) scope.set(name, present);
    const { exported } = present ?? {};
    if (keepsValue && present) this.table.set(name, copyOf(present));
    else this.table.set(name, exported ? { exported } : {});
  }

  exported(): Map<string, string> {
    const env = new Map<string, string>();
    for (const [name, variable] of this.table) {
      if (variable.exported && typeof variable.value === 'string') env.set(name, variable.value);
    }
    return env;
  }

  private writable(name: string): Variable {
    const variable = this.table.get(name) ?? {};
    if (variable.readonly) throw new ShellError({ kind: 'readonly', name });
    this.table.set(name, variable);
    return variable;
  }
}

function changedCase(variable: Variable, value: string): string {
  if (variable.changeCase === 'upper') return value.toUpperCase();
  return variable.changeCase === 'lower' ? value.toLowerCase() : value;
}

function copyOf(variable: Variable): Variable {
  return { ...variable, value: variable.value instanceof Map ? new Map(variable.value) : variable.value };
}
