import type { Duplex } from 'node:stream';
import type { Listener, PodNetwork } from '../network/network';

/** The pod's network as one process has it: what it opened is closed when the process ends, as the kernel does. */
export function ownedNetwork(network: PodNetwork, killed: AbortSignal): PodNetwork {
  const closers = new Set<() => void>();
  killed.addEventListener('abort', () => {
    for (const close of closers) close();
    closers.clear();
  });
  const own = (socket: Duplex): Duplex => {
    const close = () => void socket.destroy();
    closers.add(close);
    socket.once('close', () => closers.delete(close));
    return socket;
  };
  const owned = (listener: Listener): Listener => {
    const close = () => {
      closers.delete(close);
      listener.close();
    };
    closers.add(close);
    return { port: listener.port, close };
  };
  return {
    ...network,
    ip: network.ip,
    address: network.address,
    listen: (port, onConnection) => owned(network.listen(port, (socket, peer) => onConnection(own(socket), peer))),
    answer: (port, onDatagram) => owned(network.answer(port, onDatagram)),
    connect: async (ip, port, options = {}) => {
      const signal = options.signal ? AbortSignal.any([options.signal, killed]) : killed;
      return own(await network.connect(ip, port, { ...options, signal }));
    },
    echo: (...question) => network.echo(...question),
    ask: (ip, port, payload, options) => network.ask(ip, port, payload, options),
    lookup: (name) => network.lookup(name),
    listeners: () => network.listeners(),
    detach: () => network.detach(),
  };
}
