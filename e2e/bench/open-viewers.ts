import { get } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { waitFor } from '#e2e/lab/wait-for.ts';

/** Many raw readers of a stream, which do no more with it than look for a change. */
export interface Viewers {
  /** What each was sent since the start, framing included. */
  bytes(): number[];
  /** From here on the first change counts. @returns when it came to each so far, epoch ms */
  expectChange(): () => number[];
  close(): void;
}

/** Of the first message: where its reader stands. */
const POSITION = /^id: (\S+)$/m;
const CHANGE = Buffer.from('event: changes');
const AT_ONCE = 50;

/**
 * Opens so many viewers; done when each was sent something and it is quiet again.
 *
 * @param asPages each but the first has the picture already, as a page that was drawn with it: of 100,000 replicas it is 80 MB
 */
export async function openViewers(
  url: string,
  count: number,
  signal: AbortSignal,
  asPages = false,
): Promise<Viewers> {
  const sockets: Socket[] = [];
  let greeted = 0;
  let arrivals: number[] = [];
  let round = 0;
  const nowMs = () => performance.timeOrigin + performance.now();

  let position: string | null = null;

  const open = (from: string | null) => {
    let seen = 0;
    const query = from === null ? '' : `?from=${from}`;
    const request = get(`${url}/api/stream${query}`, { agent: false }, (response) => {
      response.once('data', () => {
        greeted += 1;
      });
      response.on('data', (chunk: Buffer) => {
        position ??= POSITION.exec(chunk.toString('latin1', 0, 200))?.[1] ?? null;
        if (seen === round || !chunk.includes(CHANGE)) return;
        seen = round;
        arrivals.push(nowMs());
      });
      response.on('error', () => undefined);
    });
    request.on('socket', (socket) => sockets.push(socket));
    request.on('error', () => undefined);
  };
  const close = () => {
    for (const socket of sockets) socket.destroy();
  };
  try {
    for (let opened = 0, until = 0; opened < count; opened = until) {
      until = Math.min(count, asPages && opened === 0 ? 1 : opened + AT_ONCE);
      for (let index = opened; index < until; index += 1) open(asPages ? position : null);
      await waitFor(() => greeted >= until, 60_000, `${until} viewers`, signal);
    }
    const sum = () => sockets.reduce((all, { bytesRead }) => all + bytesRead, 0);
    for (let before = -1; before !== sum(); ) {
      before = sum();
      await sleep(1_000, undefined, { signal });
    }
  } catch (error) {
    close();
    throw error;
  }
  return {
    bytes: () => sockets.map(({ bytesRead }) => bytesRead),
    expectChange() {
      round += 1;
      const own: number[] = [];
      arrivals = own;
      return () => own;
    },
    close,
  };
}
