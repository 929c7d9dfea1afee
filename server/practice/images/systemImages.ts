import type { Program, SignalName } from '../process/program';
import type { Blueprint } from './blueprint';
import type { ImageFile } from './image';

/** Images with one program and nothing else: no shell, so `kubectl exec … sh` fails as it does on a real one. */
const root = { name: 'root', uid: 0, gid: 0, home: '/root', shell: '/sbin/nologin' };

export function pauseImage(): Blueprint {
  return {
    files: [],
    programs: new Map([['/pause', pause]]),
    users: [root, { name: 'nobody', uid: 65535, gid: 65535, home: '/', shell: '/sbin/nologin' }],
    shell: 'ash',
    entrypoint: ['/pause'],
    user: '65535:65535',
    sizeBytes: 320_448,
  };
}

const signalWords: Partial<Record<SignalName, string>> = { SIGINT: 'Interrupt', SIGTERM: 'Terminated' };

/** Waits for a signal and ends with 0. */
export const pause: Program = async (process) => {
  const signal = await new Promise<SignalName>((resolve) => {
    process.onSignal('SIGINT', () => resolve('SIGINT'));
    process.onSignal('SIGTERM', () => resolve('SIGTERM'));
  });
  await process.stderr.write(Buffer.from(`Shutting down, got signal: ${signalWords[signal]}\n`)).catch(() => {});
  return 0;
};

export function corednsImage(dns: Program): Blueprint {
  const files: ImageFile[] = [{ path: '/etc/os-release', content: 'ID=debian\nNAME="Debian GNU/Linux"\n' }];
  return {
    files,
    programs: new Map([['/coredns', dns]]),
    users: [root, { name: 'nonroot', uid: 65532, gid: 65532, home: '/home/nonroot', shell: '/sbin/nologin' }],
    shell: 'ash',
    entrypoint: ['/coredns'],
    user: 'nonroot:nonroot',
    workingDir: '/',
    sizeBytes: 22_400_000,
  };
}
