import type { Socket } from 'node:net';
import { createRateLimit } from '#lib/flow/create-rate-limit.ts';

/**
 * Who may stay connected. A *stranger* has proven nothing yet: it gets a deadline and a small quota, of which whoever
 * has taken the most loses the oldest first. Who has proven the secret is not counted there.
 */
export interface Admission {
  /** Takes note of a new connection until it closes. `false`: it was closed at once. */
  admit(socket: Socket): boolean;
  /** It knows the secret. `from` is {@link toPeer} of its socket. `false`: there are too many, and it was closed. */
  prove(from: string | null): boolean;
  counts(): { strangers: number; proven: number };
  close(): void;
}

export interface AdmissionLimits {
  /** For everything up to the proof. */
  deadlineMs: number;
  strangers: number;
  strangersOfOne: number;
  /** New connections of an address from which nobody ever proved anything. */
  newPerSecond: number;
  newBurst: number;
  proven: number;
}

export const ADMISSION: AdmissionLimits = {
  deadlineMs: 5_000,
  strangers: 128,
  // A server may open as many logs at once as an agent follows, besides what it asks for.
  strangersOfOne: 96,
  newPerSecond: 20,
  newBurst: 200,
  proven: 256,
};

const MAX_KNOWN = 64;

interface Stranger {
  socket: Socket;
  address: string;
  timer: NodeJS.Timeout;
}

export function createAdmission(options: {
  limits: AdmissionLimits;
  nowMs(): number;
  /** An address that lost a connection, and why. */
  onDropped(address: string, why: string): void;
}): Admission {
  const { limits, nowMs, onDropped } = options;
  const rate = createRateLimit({ perSecond: limits.newPerSecond, burst: limits.newBurst, nowMs });
  /** By peer, oldest first. */
  const strangers = new Map<string, Stranger>();
  const proven = new Map<string, Socket>();
  /** How many strangers each address has. */
  const strangersOf = new Map<string, number>();
  /** From which somebody has proven the secret, ever: the latest ones last. */
  const known = new Set<string>();

  function drop(peer: string, why: string): void {
    const stranger = strangers.get(peer);
    if (!stranger) return;
    forget(peer);
    stranger.socket.destroy();
    onDropped(stranger.address, why);
  }

  function forget(peer: string): void {
    const stranger = strangers.get(peer);
    if (!stranger) return;
    clearTimeout(stranger.timer);
    strangers.delete(peer);
    add(strangersOf, stranger.address, -1);
  }

  function dropOldestOf(address: string, why: string): void {
    const [oldest] = [...strangers].find(([, stranger]) => stranger.address === address) ?? [];
    if (oldest !== undefined) drop(oldest, why);
  }

  function makeRoom(address: string): void {
    if ((strangersOf.get(address) ?? 0) > limits.strangersOfOne)
      dropOldestOf(address, 'it has too many connections that prove nothing');
    if (strangers.size <= limits.strangers) return;
    // Among equals the one that came first.
    let greediest = strangers.values().next().value?.address ?? address;
    for (const [one, count] of strangersOf) if (count > (strangersOf.get(greediest) ?? 0)) greediest = one;
    dropOldestOf(greediest, 'too many connections prove nothing');
  }

  return {
    admit(socket) {
      const peer = toPeer(socket);
      const address = socket.remoteAddress ?? '';
      if (peer === null || (!known.has(address) && !rate.take(address))) {
        socket.destroy();
        if (peer !== null) onDropped(address, 'it connects too often and proves nothing');
        return false;
      }
      const why = `it proved nothing within ${limits.deadlineMs / 1000} s`;
      const timer = setTimeout(() => drop(peer, why), limits.deadlineMs);
      strangers.set(peer, { socket, address, timer });
      add(strangersOf, address, 1);
      socket.once('close', () => {
        forget(peer);
        proven.delete(peer);
      });
      makeRoom(address);
      return !socket.destroyed;
    },
    prove(from) {
      const stranger = from === null ? undefined : strangers.get(from);
      if (from === null || !stranger) return from !== null && proven.has(from);
      forget(from);
      if (proven.size >= limits.proven) {
        stranger.socket.destroy();
        onDropped(stranger.address, `${limits.proven} connections know the secret already`);
        return false;
      }
      proven.set(from, stranger.socket);
      known.delete(stranger.address);
      known.add(stranger.address);
      if (known.size > MAX_KNOWN) known.delete(known.values().next().value ?? '');
      return true;
    },
    counts: () => ({ strangers: strangers.size, proven: proven.size }),
    close() {
      for (const { socket, timer } of strangers.values()) {
        clearTimeout(timer);
        socket.destroy();
      }
      for (const socket of proven.values()) socket.destroy();
    },
  };
}

/** Who is at the other end of a socket, encrypted or not; `null` when it is gone already. */
export function toPeer({ remoteAddress, remotePort }: Socket): string | null {
  return remoteAddress === undefined || remotePort === undefined ? null : `${remoteAddress} ${remotePort}`;
}

function add(counts: Map<string, number>, address: string, change: number): void {
  const count = (counts.get(address) ?? 0) + change;
  if (count > 0) counts.set(address, count);
  else counts.delete(address);
}
