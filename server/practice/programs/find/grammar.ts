import { Refusal } from './primary';
import type { Test } from './search';
import type { Token } from './words';

/** GNU's grammar: `,` binds least, then -o, -a (or nothing between two tests), and `!` most. */
export function gnuExpression(tokens: readonly Token[]): Test {
  if (tokens.length === 0) return () => true;
  return new Grammar(tokens).whole();
}

const meanings: Readonly<Record<string, string>> = {
  '-or': '-o',
  '-and': '-a',
  '-not': '!',
};

class Grammar {
  private at = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  whole(): Test {
    const test = this.list();
    if (this.at < this.tokens.length) throw new Refusal("you have too many ')'");
    return test;
  }

  /** The operator that comes next, in its short form. */
  private get operator(): string | undefined {
    const token = this.tokens[this.at];
    return token?.type === 'operator' ? (meanings[token.word] ?? token.word) : undefined;
  }

  private get word(): string {
    const token = this.tokens[this.at];
    return token?.type === 'operator' ? token.word : '';
  }

  private list(): Test {
    return this.chain(',', () => this.either(), lastOf);
  }

  private either(): Test {
    return this.chain('-o', () => this.both(), anyOf);
  }

  private both(): Test {
    const tests = [this.negated()];
    for (;;) {
      if (this.operator === '-a') this.step();
      else if (this.at >= this.tokens.length || /^(-o|,|\))$/.test(this.operator ?? '')) return allOf(tests);
      tests.push(this.negated());
    }
  }

  private chain(operator: string, part: () => Test, join: (tests: Test[]) => Test): Test {
    const tests = [part()];
    while (this.operator === operator) {
      this.step();
      tests.push(part());
    }
    return join(tests);
  }

  /** Past an operator that needs something behind it. */
  private step(): void {
    const { word } = this;
    this.at++;
    if (this.at >= this.tokens.length) throw new Refusal(`expected an expression after '${word}'`);
    if (this.operator === ')') throw new Refusal(`expected an expression between '${word}' and ')'`);
  }

  private negated(): Test {
    if (this.operator === '!') {
      this.step();
      return not(this.negated());
    }
    return this.single();
  }

  private single(): Test {
    const token = this.tokens[this.at];
    if (token?.type === 'test') {
      this.at++;
      return token.test;
    }
    const { operator, word } = this;
    if (operator === '(') return this.group();
    if (operator === ')') throw new Refusal("invalid expression; you have too many ')'");
    throw new Refusal(`invalid expression; you have used a binary operator '${word}' with nothing before it.`);
  }

  private group(): Test {
    this.at++;
    if (this.at >= this.tokens.length) {
      throw new Refusal(
        "invalid expression; expected to find a ')' but didn't see one. Perhaps you need an extra predicate after '('",
      );
    }
    if (this.operator === ')') throw new Refusal('invalid expression; empty parentheses are not allowed.');
    const test = this.list();
    if (this.operator !== ')')
      throw new Refusal("invalid expression; I was expecting to find a ')' somewhere but did not see one.");
    this.at++;
    return test;
  }
}

export function not(test: Test): Test {
  return async (visit) => !(await test(visit));
}

export function allOf(tests: readonly Test[]): Test {
  const [only] = tests;
  if (tests.length === 1 && only) return only;
  return async (visit) => {
    for (const test of tests) if (!(await test(visit))) return false;
    return true;
  };
}

export function anyOf(tests: readonly Test[]): Test {
  const [only] = tests;
  if (tests.length === 1 && only) return only;
  return async (visit) => {
    for (const test of tests) if (await test(visit)) return true;
    return false;
  };
}

function lastOf(tests: readonly Test[]): Test {
  return async (visit) => {
    let value = true;
    for (const test of tests) value = await test(visit);
    return value;
  };
}
