import { describe, expect, it } from 'vitest';
import { ExpressionError } from './expressions/expressionError';
import { compileBasic, compileExtended, compileFixed } from './regularExpression';
import type { RegularExpression } from './regularExpression';

function found(expression: RegularExpression, text: string): string | undefined {
  const match = expression.find(text);
  return match && `${text.slice(0, match.start)}<${match.groups[0]}>${text.slice(match.end)}`;
}

function fault(compile: () => unknown): string {
  try {
    compile();
  } catch (error) {
    if (error instanceof ExpressionError) return error.message;
    throw error;
  }
  return 'none';
}

describe('a basic expression', () => {
  it.each([
    ['b*', 'abb', '<>abb'],
    ['bb*', 'abba', 'a<bb>a'],
    ['*b', 'a*b', 'a<*b>'],
    ['\\(*a\\)', '*a', '<*a>'],
    ['^*a', '*a', '<*a>'],
    ['a\\+', 'baa', 'b<aa>'],
    ['a+', 'aa+', 'a<a+>'],
    ['ba\\?', 'bb', '<b>b'],
    ['b\\|ba', 'aba', 'a<ba>'],
    ['a\\{2\\}', 'aaa', '<aa>a'],
    ['a\\{,2\\}b', 'aaab', 'a<aab>'],
    ['a{2}', 'a{2}', '<a{2}>'],
    ['a^b$c', 'a^b$c', '<a^b$c>'],
    ['\\(^a\\)\\(b$\\)', 'ab', '<ab>'],
    ['\\(.\\)\\1', 'abccd', 'ab<cc>d'],
    ['\\(a*\\)*\\1', 'b', '<>b'],
    ['[]a]*', 'a]b', '<a]>b'],
    ['[^]a]', ']ab', ']a<b>'],
    ['[a\\]', '\\', '<\\>'],
    ['[[:digit:]-]*', '1-2a', '<1-2>a'],
    ['[[.-.]]', 'a-', 'a<->'],
    ['\\<b', 'ab b', 'ab <b>'],
    ['b\\>', 'ba b', 'ba <b>'],
    ['\\Bb', 'b ab', 'b a<b>'],
    ['\\w\\w*\\W', '  ab_1.', '  <ab_1.>'],
    ['\\s\\S', 'a  b', 'a < b>'],
  ])('%s in %s: %s', (source, text, expected) => expect(found(compileBasic(source), text)).toBe(expected));
});

describe('an extended expression', () => {
  it.each([
    ['a|ab', 'abc', '<ab>c'],
    ['(a|ab)(c|bcd)', 'abcd', '<abcd>'],
    ['a*(ab)?', 'aab', '<aab>'],
    ['(foo|foobar)+$', 'foobarfoo', '<foobarfoo>'],
    ['([0-9]{1,3}\\.){3}[0-9]{1,3}', 'ip 10.244.0.12!', 'ip <10.244.0.12>!'],
    ['()', 'a', '<>a'],
    ['a||b', 'cb', '<>cb'],
    ['(a|b)*c|b', 'abd', 'a<b>d'],
    ['(.)(.)\\2\\1', 'xabba', 'x<abba>'],
    ['a\\{', 'a{', '<a{>'],
  ])('%s in %s: %s', (source, text, expected) => expect(found(compileExtended(source), text)).toBe(expected));

  it('gives its groups, the last round of each', () => {
    expect(compileExtended('(a)|(b)|((c)+)').find('xcc')?.groups).toEqual(['cc', undefined, undefined, 'cc', 'c']);
  });
});

describe('what is wrong with an expression, in the order in which glibc finds it', () => {
  it.each([
    ['a**', 'Invalid preceding regular expression'],
    ['\\{1\\}', 'Invalid preceding regular expression'],
    ['a\\{1', 'Unmatched \\{'],
    ['a\\{x\\}', 'Invalid content of \\{\\}'],
    ['a\\{2,1\\}', 'Invalid content of \\{\\}'],
    ['a\\)', 'Unmatched ) or \\)'],
    ['\\(a', 'Unmatched ( or \\('],
    ['a\\', 'Trailing backslash'],
    ['\\1', 'Invalid back reference'],
    ['\\(a\\1\\)', 'Invalid back reference'],
    ['[', 'Unmatched [, [^, [:, [., or [='],
    ['[[:foo:]]', 'Invalid character class name'],
    ['[b-a]', 'Invalid range end'],
    ['[a-c-e]', 'Invalid range end'],
    ['[[.ab.]]', 'Invalid collation character'],
  ])('basic %s: %s', (source, message) => expect(fault(() => compileBasic(source))).toBe(message));

  it.each([
    ['*a', 'Invalid preceding regular expression'],
    ['^*', 'Invalid preceding regular expression'],
    ['a|*b', 'Invalid preceding regular expression'],
    ['a{x', 'Unmatched \\{'],
    ['a{99999}', 'Regular expression too big'],
    ['((a{1000}){1000}){1000}', 'Regular expression too big'],
    ['(a', 'Unmatched ( or \\('],
    ['a)', 'Unmatched ) or \\)'],
  ])('extended %s: %s', (source, message) => expect(fault(() => compileExtended(source))).toBe(message));
});

describe('options', () => {
  it.each([
    [compileExtended('é.|B[^c]', { ignoreCase: true }), 'bCBd', 'bC<Bd>'],
    [compileBasic('\\(a\\)\\1', { ignoreCase: true }), 'xaA', 'x<aA>'],
    [compileBasic('^b$', { byLine: true }), 'a\nb\nc', 'a\n<b>\nc'],
    [compileBasic('a.*', { byLine: true }), 'ab\nc', '<ab>\nc'],
    [compileBasic('a.*'), 'ab\nc', '<ab\nc>'],
    [compileExtended('*a{x|b)', { isLenient: true }), 'ca{x', 'c<a{x>'],
    [compileBasic('a**', { isLenient: true }), 'aab', '<aa>b'],
    [compileBasic(['x', '\\(b\\)\\1'], {}), 'abb', 'a<bb>'],
    [compileBasic([]), 'a', undefined],
    [compileFixed(['a.', 'B*'], { ignoreCase: true }), 'ab b*', 'ab <b*>'],
    [compileExtended('a|ab', { whole: 'line' }), 'ab', '<ab>'],
    [compileExtended('a|ab', { whole: 'line' }), 'abc', undefined],
    [compileBasic('b', { whole: 'word' }), 'ab b', 'ab <b>'],
  ])('%#', (expression, text, expected) => expect(found(expression, text)).toBe(expected));

  it('finds on from a place, where a line does not begin', () => {
    expect(compileBasic('^a').find('aa', 1)).toBeUndefined();
    expect(compileExtended('a|b').find('abab', 2)).toMatchObject({ start: 2, end: 3 });
  });

  it('a byte is a character', () => expect(found(compileBasic('.'), 'Ã©')).toBe('<Ã>©'));
});

describe('what would take for ever', () => {
  it.each([
    [compileExtended('(a+)+$'), 'a'.repeat(3000) + 'b', undefined],
    [compileExtended(`${'a?'.repeat(40)}${'a'.repeat(40)}`), 'a'.repeat(40), `<${'a'.repeat(40)}>`],
    [compileBasic('a.*a.*a.*a.*b'), 'a'.repeat(3000), undefined],
    [compileBasic('\\(a*\\)*\\(a*\\)*\\1\\2b'), 'a'.repeat(100), undefined],
  ])('%# does not', (expression, text, expected) => expect(found(expression, text)).toBe(expected));
});
