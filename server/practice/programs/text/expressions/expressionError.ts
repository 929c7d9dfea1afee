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

/** Its message is glibc's, also in an Alpine pod, where musl would put it otherwise. */
export class ExpressionError extends Error {
  constructor(readonly fault: ExpressionFault) {
    super(gnuWords[fault]);
    this.name = 'ExpressionError';
  }
}
