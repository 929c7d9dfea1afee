import { allOf, anyOf, not } from './grammar';
import { Refusal } from './primary';
import type { Test } from './search';
import type { Token } from './words';

/**
 * busybox' grammar (findutils/find.c, parse_params) minds little: groups between -o, in each of them tests, of which `!` turns
 * round the next. What stands behind a group without any is never looked at, and an expression that begins so always holds.
 */
export function busyboxExpression(tokens: readonly Token[]): Test {
  const reader = new Reader(tokens);
  const test = reader.expression();
  if (!reader.isAtEnd) throw new Refusal('unrecognized: )', true);
  return test;
}

class Reader {
  private at = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  get isAtEnd(): boolean {
    return this.at >= this.tokens.length;
  }

  expression(): Test {
    const groups: Test[][] = [[]];
    let isInverted = false;
    const add = (test: Test) => {
      groups.at(-1)?.push(isInverted ? not(test) : test);
      isInverted = false;
    };
    for (; !this.isAtEnd; this.at++) {
      const token = this.tokens[this.at];
      if (token?.type === 'test') add(token.test);
      else if (token?.word === '(') add(this.group());
      else if (token?.word === ')') break;
      else if (token?.word === '!' || token?.word === '-not') isInverted = !isInverted;
      else if (token?.word === '-o' || token?.word === '-or') groups.push([]);
    }
    const end = groups.findIndex((group) => group.length === 0);
    if (end === 0) return () => true;
    return anyOf((end < 0 ? groups : groups.slice(0, end)).map(allOf));
  }

  private group(): Test {
    this.at++;
    const test = this.expression();
    if (this.isAtEnd) throw new Refusal("unpaired '('");
    return test;
  }
}
