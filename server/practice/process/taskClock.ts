import type { Clock } from '../clock';
import type { Task } from './task';

/** Time as one process has it: nothing of it fires while the process is stopped, and nothing after its end. */
export function taskClock(clock: Clock, task: Task): Clock {
  return {
    now: () => clock.now(),
    after(delayMs, run) {
      const timer = clock.after(delayMs, () => {
        task.killed.removeEventListener('abort', cancel);
        void task.awake().then(run);
      });
      const cancel = () => timer.cancel();
      task.killed.addEventListener('abort', cancel, { once: true });
      return {
        cancel() {
          task.killed.removeEventListener('abort', cancel);
          timer.cancel();
        },
      };
    },
    async sleep(delayMs, signal) {
      const ended = signal ? AbortSignal.any([signal, task.killed]) : task.killed;
      await task.blocked(clock.sleep(delayMs, ended));
    },
  };
}
