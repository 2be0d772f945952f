import { createConnection, createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** A way to a server that is far from here. */
export interface FarLink {
  url: string;
  close(): void;
}

/** What a dashboard is looked at through: nobody's is on loopback. */
const ROUND_TRIP_MS = 60;
const BYTES_PER_MS = 10_000 / 8;
/** As much as a packet carries: the connections share the link packet by packet. */
const PACKET_BYTES = 1_460;

interface Flow {
  to: Socket;
  waiting: Buffer[];
}

/**
 * A proxy on loopback through which a server is as far away as by a line of 60 ms round trip and 10 Mbit/s down, which all
 * connections share. A new connection costs a round trip. There is no slow start: windows are as large as they need be.
 */
export async function openFarLink(target: string): Promise<FarLink> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  const flows = new Set<Flow>();
  let sentMs = performance.now();
  let room = 0;
  const timer = setInterval(() => {
    const nowMs = performance.now();
    room = Math.min(room + (nowMs - sentMs) * BYTES_PER_MS, 20 * BYTES_PER_MS);
    sentMs = nowMs;
    while (room > 0 && [...flows].some(({ waiting }) => waiting.length > 0))
      for (const flow of flows) send(flow);
    if (flows.size === 0) room = 0;
  }, 1);

  function send({ to, waiting }: Flow): void {
    const packet = waiting.shift();
    if (!packet || room <= 0) return void (packet && waiting.unshift(packet));
    room -= packet.length;
    void sleep(ROUND_TRIP_MS / 2).then(() => to.destroyed || to.write(packet));
  }

  function join(near: Socket): void {
    const far = createConnection({ host: hostname, port: Number(port), noDelay: true });
    const down: Flow = { to: near, waiting: [] };
    flows.add(down);
    near.setNoDelay(true);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => {
        sockets.delete(socket);
        flows.delete(down);
        near.destroy();
        far.destroy();
      });
    }
    const openAtMs = performance.now() + ROUND_TRIP_MS;
    near.on('data', async (data) => {
      const isNewMs = Math.max(0, openAtMs - performance.now());
      await sleep(isNewMs + ROUND_TRIP_MS / 2);
      if (!far.destroyed) far.write(data);
    });
    far.on('data', (data) => {
      for (let at = 0; at < data.length; at += PACKET_BYTES)
        down.waiting.push(data.subarray(at, at + PACKET_BYTES));
    });
  }

  const server = createServer(join);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('The far link has no port.');
  return {
    url: `http://127.0.0.1:${bound.port}`,
    close() {
      clearInterval(timer);
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
