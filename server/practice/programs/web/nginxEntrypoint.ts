import type { Program } from '../../process/program';

/** The official image's /docker-entrypoint.sh: it tells what it does in the log and then becomes its command. */
export const nginxEntrypoint: Program = async (process) => {
  const [, command, ...args] = process.argv;
  if (command === undefined) return 0;
  if (command === 'nginx' || command === 'nginx-debug') {
    const own = '/docker-entrypoint.sh:';
    await process.stdout
      .write(
        Buffer.from(
          `${own} /docker-entrypoint.d/ is not empty, will attempt to perform configuration\n` +
            `${own} Looking for shell scripts in /docker-entrypoint.d/\n` +
            `${own} Configuration complete; ready for start up\n`,
        ),
      )
      .catch(() => {});
  }
  return process.exec([command, ...args]);
};
