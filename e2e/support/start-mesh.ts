import { connect, createServer, type Socket } from 'node:net';

/** What Swarm's routing mesh does on a node without the service, in this process: a lab's kernel has none. */
export interface Mesh {
  url: string;
  /** The hosts that it sends connections to, each in its turn. One that is gone is in it until Swarm knows. */
  setTargets(addresses: readonly string[]): void;
  close(): Promise<void>;
}

/** A port of this machine that leads to `port` of the targets. Nobody is told when one of them falls silent. */
export async function startMesh(port: number, addresses: readonly string[]): Promise<Mesh> {
  let targets = addresses;
  let turn = 0;
  const open = new Set<Socket>();
  const server = createServer((from) => {
    const to = connect(port, targets[turn++ % targets.length]);
    for (const [one, other] of [
      [from, to],
      [to, from],
    ] as const) {
      open.add(one);
      one.pipe(other);
      one.on('error', () => {});
      one.on('close', () => {
        open.delete(one);
        other.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const place = server.address();
  return {
    url: `http://127.0.0.1:${typeof place === 'object' && place !== null ? place.port : 0}`,
    setTargets(next) {
      targets = next;
    },
    close() {
      for (const one of open) one.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
