/** What is wrong with a script, in GNU's words and busybox's. `%s` is the detail. */
const words = {
  multipleBangs: ["multiple `!'s", 'unsupported command !'],
  unexpectedComma: ["unexpected `,'", 'no address after comma'],
  firstAddress: ['invalid usage of +N or ~N as first address', 'unsupported command %s'],
  unmatchedBrace: ["unmatched `{'", 'unterminated {'],
  unexpectedBrace: ["unexpected `}'", 'unterminated {'],
  extraCharacters: ['extra characters after command', 'unsupported command %s'],
  expectedBackslash: ["expected \\ after `a', `c' or `i'", 'missing command'],
  labelAddress: [": doesn't want any addresses", ": doesn't want any addresses"],
  commentAddress: ["comments don't accept any addresses", 'unsupported command #'],
  missingCommand: ['missing command', 'missing command'],
  oneAddress: ['command only uses one address', "command '%s' uses only one address"],
  unterminatedAddress: ['unterminated address regex', "unmatched '%s'"],
  unterminatedS: ["unterminated `s' command", "unmatched '%s'"],
  unterminatedY: ["unterminated `y' command", "unmatched '%s'"],
  noDelimiter: ["unterminated `%s' command", 'bad format in substitution expression'],
  unknownOption: ["unknown option to `s'", 'bad option in substitution expression'],
  multipleP: ["multiple `p' options to `s' command", 'bad option in substitution expression'],
  multipleG: ["multiple `g' options to `s' command", 'bad option in substitution expression'],
  multipleNumbers: ["multiple number options to `s' command", 'bad option in substitution expression'],
  zeroNumber: ["number option to `s' command may not be zero", 'bad option in substitution expression'],
  lengths: ["strings for `y' command are different lengths", 'bad format in substitution expression'],
  newerVersion: ['expected newer version of sed', 'unsupported command v'],
  lineZero: ['invalid usage of line address 0', 'invalid usage of line address 0'],
  unknownCommand: ["unknown command: `%s'", 'unsupported command %s'],
  noLabel: ['":" lacks a label', '":" lacks a label'],
  recursiveEscape: ['recursive escaping after \\c not allowed', 'bad format in substitution expression'],
  disabled: ['e/r/w commands disabled in sandbox mode', 'unsupported command %s'],
  missingFile: ['missing filename in r/R/w/W commands', 'empty filename'],
  noPrevious: ['no previous regular expression', 'no previous regexp'],
  emptyModifiers: ['cannot specify modifiers on empty regexp', 'no previous regexp'],
  reference: ["invalid reference \\%s on `s' command's RHS", 'bad format in substitution expression'],
  expression: ['%s', 'bad regex %s'],
} satisfies Record<string, [string, string]>;

export type ScriptFault = keyof typeof words;

export class ScriptError extends Error {
  constructor(
    readonly fault: ScriptFault,
    /** `-e expression #1, char 3`, `file x line 2`: GNU says it first. */
    readonly where: string,
    readonly detail = '',
  ) {
    super(fault);
    this.name = 'ScriptError';
  }

  words(isBusybox: boolean): string {
    const [gnu, busybox] = words[this.fault];
    const text = (isBusybox ? busybox : gnu).replace('%s', () => this.detail);
    return isBusybox ? text : `${this.where}: ${text}`;
  }
}
