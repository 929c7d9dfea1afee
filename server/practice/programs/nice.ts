import { command } from './command';
import { codeOf, notRun } from './environment';

/** Runs a command. Nobody here is nicer than others: pods share the processor as their turns come. */
export const nice = command(
  { letters: 'n:', long: { adjustment: 'n' }, usage: '[-n ADJUST] [PROG ARGS]', stopAtOperand: true },
  async (call) => {
    if (call.operands.length === 0) return call.write('0\n');
    try {
      return codeOf(await (await call.process.spawn(call.operands)).exited);
    } catch (error) {
      return notRun(call, error);
    }
  },
);
