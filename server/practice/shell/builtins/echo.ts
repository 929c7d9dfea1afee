import { unescape } from '../escapes';
import type { Builtin } from './builtin';

/** dash's echo always reads escapes and knows only -n; bash and ash read them after -e. */
export const echo: Builtin = {
  async run(shell, args) {
    const words = [...args];
    let newline = true;
    let escapes = shell.flavour === 'dash' || shell.shopts.has('xpg_echo');
    const isOption = shell.flavour === 'dash' ? /^-n$/ : /^-[neE]+$/;
    while (words[0] !== undefined && isOption.test(words[0])) {
      const option = words.shift() ?? '';
      if (option.includes('n')) newline = false;
      for (const letter of option) if (letter === 'e' || letter === 'E') escapes = letter === 'e';
      if (shell.flavour === 'dash') break;
    }
    const text = words.join(' ');
    const { text: shown, stopped } = escapes ? unescape(text, 'echo') : { text, stopped: false };
    await shell.write(1, shown + (newline && !stopped ? '\n' : ''));
    return 0;
  },
};
