import type { Ids } from '../ids';
import type { KindContext } from './kinds/kind';

/** The Service addresses of the practice cluster, as kubeadm lays them out. */
export const serviceRange = { first: '10.96.0.0', bits: 12 } as const;
/** `kubernetes` in `default`, and `kube-dns`: never given to anyone who does not ask by name. */
export const reservedAddresses = ['10.96.0.1', '10.96.0.10'] as const;
const nodePortRange = { from: 30000, to: 32767 } as const;

/** Cluster IPs: picked at random from the range, as upstream does, so that a deleted Service's address is not the next one's. */
export function createAddresses(ids: Ids): KindContext['addresses'] {
  const taken = new Set<string>();
  const base = toNumber(serviceRange.first) ?? 0;
  const size = 2 ** (32 - serviceRange.bits);
  const contains = (ip: string) => {
    const offset = (toNumber(ip) ?? -1) - base;
    return offset > 0 && offset < size - 1;
  };
  return {
    contains,
    allocate: () => {
      for (;;) {
        const ip = toText(base + 1 + Math.floor(ids.fraction() * (size - 2)));
        if (taken.has(ip) || reservedAddresses.some((reserved) => reserved === ip)) continue;
        taken.add(ip);
        return ip;
      }
    },
    take: (ip) => {
      if (!contains(ip) || taken.has(ip)) return false;
      taken.add(ip);
      return true;
    },
    release: (ip) => void taken.delete(ip),
  };
}

export function createNodePorts(ids: Ids): KindContext['nodePorts'] {
  const taken = new Set<number>();
  const count = nodePortRange.to - nodePortRange.from + 1;
  return {
    allocate: () => {
      const start = Math.floor(ids.fraction() * count);
      for (let i = 0; i < count; i++) {
        const port = nodePortRange.from + ((start + i) % count);
        if (taken.has(port)) continue;
        taken.add(port);
        return port;
      }
      throw new Error('range is full');
    },
    take: (port) => {
      if (port < nodePortRange.from || port > nodePortRange.to || taken.has(port)) return false;
      taken.add(port);
      return true;
    },
    release: (port) => void taken.delete(port),
  };
}

function toNumber(ip: string): number | undefined {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(ip)?.slice(1).map(Number);
  if (!parts || parts.some((part) => part > 255)) return undefined;
  return parts.reduce((sum, part) => sum * 256 + part, 0);
}

function toText(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.');
}
