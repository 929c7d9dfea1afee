/** What can be wrong with a regular expression, by the names of <regex.h>. */
export type ExpressionFault =
  | 'badRepeat'
  | 'badBrace'
  | 'brace'
  | 'bracket'
  | 'parenthesis'
  | 'closingParenthesis'
  | 'range'
  | 'className'
  | 'collation'
  | 'backslash'
  | 'backReference'
  | 'size';

const gnuWords: Readonly<Record<ExpressionFault, string>> = {
  badRepeat: 'Invalid preceding regular expression',
  badBrace: 'Invalid content of \\{\\}',
  brace: 'Unmatched \\{',
  bracket: 'Unmatched [, [^, [:, [., or [=',
  parenthesis: 'Unmatched ( or \\(',
  closingParenthesis: 'Unmatched ) or \\)',
  range: 'Invalid range end',
  className: 'Invalid character class name',
  collation: 'Invalid collation character',
  backslash: 'Trailing backslash',
  backReference: 'Invalid back reference',
  size: 'Regular expression too big',
};

/** musl's, which an Alpine busybox prints; the busybox image itself is linked to glibc. */
const muslWords: Readonly<Record<ExpressionFault, string>> = {
  badRepeat: 'Repetition not preceded by valid expression',
  badBrace: 'Invalid contents of {}',
  brace: "Missing '}'",
  bracket: "Missing ']'",
  parenthesis: "Missing ')'",
  closingParenthesis: "Missing ')'",
  range: 'Invalid character range',
  className: 'Unknown character class name',
  collation: 'Unknown collating element',
  backslash: 'Trailing backslash',
  backReference: 'Invalid back reference',
  size: 'Out of memory',
};

/** Its message is glibc's. */
export class ExpressionError extends Error {
  constructor(readonly fault: ExpressionFault) {
    super(gnuWords[fault]);
    this.name = 'ExpressionError';
  }

  get musl(): string {
    return muslWords[this.fault];
  }
}
