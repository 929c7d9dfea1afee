import type { Conditional } from './ast';
import { arithmetic, expandPattern, expandText } from './expansion';
import { compilePattern, matchesPattern } from './pattern';
import { matchRegularExpression } from './regularExpression';
import type { Shell } from './shellState';
import { binaryTest, unaryTest } from './tests';

/** `[[ … ]]`: 0, 1, or 2 for a regular expression that is none. */
export async function evaluateConditional(shell: Shell, expression: Conditional): Promise<number> {
  const result = await evaluate(shell, expression);
  return result === undefined ? 2 : result ? 0 : 1;
}

async function evaluate(shell: Shell, expression: Conditional): Promise<boolean | undefined> {
  switch (expression.type) {
    case 'and':
      return (await evaluate(shell, expression.left)) && (await evaluate(shell, expression.right));
    case 'or':
      return (await evaluate(shell, expression.left)) || (await evaluate(shell, expression.right));
    case 'not':
      return !(await evaluate(shell, expression.operand));
    case 'unary':
      return unaryTest(shell, expression.operator, await expandText(shell, expression.operand));
    case 'binary':
      return compare(shell, expression);
  }
}

async function compare(
  shell: Shell,
  { operator, left, right }: Conditional & { type: 'binary' },
): Promise<boolean | undefined> {
  const text = await expandText(shell, left);
  if (operator === '=' || operator === '==' || operator === '!=') {
    return matchesPattern(compilePattern(await expandPattern(shell, right)), text) === (operator !== '!=');
  }
  if (operator === '=~') return matches(shell, text, await expandPattern(shell, right));
  if (/^-(?:eq|ne|lt|le|gt|ge)$/.test(operator)) {
    const [a, b] = [await arithmetic(shell, left), await arithmetic(shell, right)];
    return binaryTest(shell, String(a), operator, String(b));
  }
  return binaryTest(shell, text, operator, await expandText(shell, right));
}

function matches(shell: Shell, text: string, expression: string): boolean | undefined {
  const groups = matchRegularExpression(expression, text);
  if (groups === 'invalid') return undefined;
  const found = (groups ?? []).map((group, index): [string, string] => [String(index), group ?? '']);
  shell.variables.setArray('BASH_REMATCH', new Map(found));
  return groups !== undefined;
}
