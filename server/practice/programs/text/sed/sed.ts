import { command } from '../../command';
import type { ProgramOf } from '../../flavour';
import { edit } from './edit';
import { busyboxUsage, gnuReports, gnuUsage, gnuVersion } from './usage';

const gnu = command(
  {
    letters: 'bsnrzuEe:f:l:i::',
    long: {
      ...{ binary: 'b', 'regexp-extended': 'E', debug: 'debug', 'in-place': 'i', expression: 'e', file: 'f' },
      ...{ 'line-length': 'l', 'null-data': 'z', 'zero-terminated': 'z', quiet: 'n', silent: 'n', separate: 's' },
      ...{ posix: 'posix', sandbox: 'sandbox', unbuffered: 'u', version: 'version' },
      'follow-symlinks': 'follow-symlinks',
    },
    usage: '',
    wholeUsage: { text: gnuUsage, end: gnuReports },
  },
  async (call) => (call.has('version') ? call.write(gnuVersion) : edit(call)),
);

const busybox = command(
  {
    letters: 'i::rEne:f:',
    long: {
      ...{ 'in-place': 'i', 'regexp-extended': 'r', quiet: 'n', silent: 'n', expression: 'e', file: 'f' },
      version: 'version',
    },
    usage: busyboxUsage,
  },
  async (call) => (call.has('version') ? call.write('This is not GNU sed version 4.0\n') : edit(call)),
);

/**
 * GNU sed 4.9 and busybox's, line by line as they come: what is done is written before more is waited for, where GNU's
 * holds back 4 KiB unless it writes to a terminal or is told -u. Not there: the commands that run a shell.
 */
export const sed: ProgramOf = (flavour) => (flavour.kind === 'busybox' ? busybox : gnu)(flavour);
