import type { Program } from '../process/program';
import { cat } from './cat';
import { nameOf } from './command';
import { curl } from './curl';
import type { Flavour, ProgramOf } from './flavour';
import { dnsdomainname, hostname } from './hostname';
import { ls } from './ls';
import { nslookup } from './nslookup';
import { clear, echo, failing, sleep, succeed, sync, yes } from './simple';
import { wget } from './wget';

/** The tools of a distribution by name. Which of them an image has, and where, is said in `images/distributions.ts`. */
const everywhere: Readonly<Record<string, ProgramOf>> = {
  cat,
  clear: () => clear,
  dnsdomainname,
  echo,
  false: failing,
  hostname,
  ls,
  nslookup,
  sleep,
  sync,
  true: succeed,
  wget,
  yes,
};

export const busyboxTools: Readonly<Record<string, ProgramOf>> = { ...everywhere };

export const gnuTools: Readonly<Record<string, ProgramOf>> = { ...everywhere, curl };

/** `busybox ls -l`, and whatever a link to it is called. */
export function multiCall(flavour: Flavour, tools: Readonly<Record<string, ProgramOf>>, shell: Program): Program {
  return (process) => {
    const asked = nameOf(process);
    const argv = asked === 'busybox' ? process.argv.slice(1) : process.argv;
    const [applet = ''] = argv;
    if (asked === 'busybox' && applet === '') return list(process, flavour, tools);
    return process.exec([applet, ...argv.slice(1)]);
  };
}

async function list(
  process: Parameters<Program>[0],
  flavour: Flavour,
  tools: Readonly<Record<string, ProgramOf>>,
): Promise<number> {
  const version =
    flavour.kind === 'busybox' ? `BusyBox v${flavour.version} (${flavour.built}) multi-call binary.\n` : '';
  await process.stdout.write(
    Buffer.from(`${version}\nCurrently defined functions:\n\t${Object.keys(tools).join(', ')}\n`),
  );
  return 0;
}
