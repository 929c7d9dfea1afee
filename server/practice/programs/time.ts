import { command } from './command';
import { codeOf, notRun } from './environment';

/**
 * busybox's `time`, an applet where bash has a keyword. What a command uses of the processor is not counted here: of it only the
 * real time is told, the rest is 0.
 */
export const time = command(
  { letters: 'vpao:f:', usage: '[-vpa] [-o FILE] PROG ARGS', stopAtOperand: true },
  async (call) => {
    if (call.operands.length === 0) return call.missingOperand();
    const { clock } = call.process;
    const from = clock.now();
    try {
      const child = await call.process.spawn(call.operands);
      const status = await child.exited;
      const seconds = (clock.now() - from) / 1000;
      if (status.signal) await call.warn(`Command terminated by signal ${codeOf(status) - 128}`);
      await call.warn(call.has('p') ? portable(seconds) : usual(seconds));
      return codeOf(status);
    } catch (error) {
      return notRun(call, error);
    }
  },
);

function portable(seconds: number): string {
  return `real ${seconds.toFixed(2)}\nuser 0.00\nsys 0.00`;
}

function usual(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  return `real\t${minutes}m ${(seconds - minutes * 60).toFixed(2)}s\nuser\t0m 0.00s\nsys\t0m 0.00s`;
}
