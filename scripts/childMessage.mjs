/** The next message of a child process that has this part; rejects when the child ends first. */
export function childMessage(child, part) {
  return new Promise((resolve, reject) => {
    const take = (message) => {
      if (!(part in message)) return;
      settle();
      resolve(message);
    };
    const ended = (code) => {
      settle();
      reject(new Error(`a process ended with code ${code} before it told its ${part}`));
    };
    const settle = () => {
      child.off('message', take);
      child.off('exit', ended);
    };
    child.on('message', take);
    child.on('exit', ended);
  });
}
