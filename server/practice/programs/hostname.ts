import { command } from './command';
import type { Call } from './command';

/** Names come from the pod's /etc/hosts, where the kubelet wrote the full one first. Nothing can be set: no privilege. */
export const hostname = command(
  {
    letters: 'sidfIAF:b',
    long: {
      short: 's',
      'ip-address': 'i',
      domain: 'd',
      fqdn: 'f',
      long: 'f',
      'all-ip-addresses': 'I',
      'all-fqdns': 'A',
      file: 'F',
    },
    usage: '[-sidf] [HOSTNAME | -F FILE]',
  },
  async (call) => {
    const own = call.process.container.hostname;
    if (call.operands.length > 0 || call.has('F')) {
      return call.fail(
        call.isBusybox ? 'sethostname: Operation not permitted' : 'you must be root to change the host name',
      );
    }
    if (call.has('i')) return line(call, call.process.network.ip);
    if (call.has('I')) return line(call, `${call.process.network.ip} `);
    if (call.has('s')) return line(call, own.split('.')[0] ?? '');
    const full = fullName(call);
    if (call.has('f', 'A')) return line(call, full);
    if (call.has('d')) return line(call, full.includes('.') ? full.slice(full.indexOf('.') + 1) : '');
    return line(call, own);
  },
);

export const dnsdomainname = command({ usage: '' }, async (call) => {
  const full = fullName(call);
  return line(call, full.includes('.') ? full.slice(full.indexOf('.') + 1) : '');
});

async function line(call: Call, text: string): Promise<number> {
  await call.write(`${text}\n`);
  return 0;
}

/** The first name on the line of /etc/hosts that names the pod: that is the canonical one. */
function fullName(call: Call): string {
  const { container, network } = call.process;
  for (const [name, addresses] of network.address.hosts)
    if (addresses.includes(network.ip) && (name === container.hostname || name.startsWith(`${container.hostname}.`)))
      return name;
  return container.hostname;
}
