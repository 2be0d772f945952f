import type { Socket } from 'node:net';
import { setFairTimer } from '#lib/flow/set-fair-timer.ts';
import { net } from './builtins.ts';

/** A literal address, never a name: nothing is looked up. */
export interface PortPlace {
  address: string;
  port: number;
}

/** How it ended: `silent` was made and nothing came through it, not even its end. `null`: it is no result. */
export interface Connected {
  answer: 'answers' | 'silent' | 'refused' | 'timed-out' | 'unreachable';
  /** Until the connection was made. */
  ms: number | null;
}

const FAILURES: Readonly<Record<string, Connected['answer']>> = {
  ECONNREFUSED: 'refused',
  ECONNRESET: 'refused',
  ETIMEDOUT: 'timed-out',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  EHOSTDOWN: 'unreachable',
  ENETDOWN: 'unreachable',
};

/**
 * One TCP connection, ended as soon as it is made: not a byte is sent, and of what comes the first piece ends it. The end is
 * what whoever took it answers (`lib/checks/connect-once.ts` says why). Over in `timeoutMs` and `takenMs`, whatever the
 * other side does.
 */
export function connectPort(
  { address, port }: PortPlace,
  limits: { timeoutMs: number; takenMs: number },
  signal: AbortSignal,
): Promise<Connected | null> {
  const beganMs = performance.now();
  return new Promise((resolve) => {
    if (signal.aborted) return resolve(null);
    const socket: Socket = new net.Socket();
    let ms: number | null = null;
    const settle = (found: Connected | null) => {
      timer.cancel();
      signal.removeEventListener('abort', onAbort);
      socket.destroy();
      resolve(found);
    };
    const onAbort = () => settle(null);
    let timer = setFairTimer(limits.timeoutMs, () => settle({ answer: 'timed-out', ms: null }));
    signal.addEventListener('abort', onAbort, { once: true });
    socket.on('error', (error: NodeJS.ErrnoException) => {
      const failed = FAILURES[error.code ?? ''];
      if (ms !== null) settle({ answer: 'answers', ms });
      else settle(failed === undefined ? null : { answer: failed, ms: null });
    });
    socket.once('connect', () => {
      ms = Math.max(0, Math.round((performance.now() - beganMs) * 10) / 10);
      const taken = () => settle({ answer: 'answers', ms });
      timer.cancel();
      timer = setFairTimer(limits.takenMs, () => settle({ answer: 'silent', ms }));
      socket.once('data', taken).once('end', taken);
      socket.end();
    });
    socket.connect({ host: address, port, autoSelectFamily: false });
  });
}
