import { connect, createServer, type Socket } from 'node:net';

/** A way to PostgreSQL that can be cut: by ending what goes over it, or by saying nothing more. */
export interface CutProxy {
  port: number;
  /** `ended`: connections are reset, and new ones refused; `silent`: nothing passes, and nobody is told. */
  cut(how: 'ended' | 'silent'): void;
  mend(): void;
  close(): Promise<void>;
}

export async function startCutProxy(targetPort: number): Promise<CutProxy> {
  let state: 'open' | 'ended' | 'silent' = 'open';
  const pairs = new Set<[Socket, Socket]>();
  const server = createServer((from) => {
    if (state === 'ended') return void from.resetAndDestroy();
    const to = connect(targetPort, '127.0.0.1');
    const pair: [Socket, Socket] = [from, to];
    pairs.add(pair);
    const end = () => {
      pairs.delete(pair);
      for (const one of pair) one.destroy();
    };
    for (const [one, other] of [pair, [to, from] as const]) {
      one.on('error', end);
      one.on('close', end);
      one.on('data', (data) => void other.write(data));
      if (state === 'silent') one.pause();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const place = server.address();
  return {
    port: typeof place === 'object' && place !== null ? place.port : 0,
    cut(how) {
      state = how;
      for (const pair of [...pairs])
        for (const one of pair) {
          if (how === 'silent') one.pause();
          else one.resetAndDestroy();
        }
    },
    mend() {
      // What was said into the silence is lost, as over a cut wire: nobody goes on from where it was.
      if (state === 'silent') for (const pair of [...pairs]) for (const one of pair) one.resetAndDestroy();
      state = 'open';
    },
    close() {
      for (const pair of [...pairs]) for (const one of pair) one.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
