import { type Connection, LOST_AFTER_MS, STALE_AFTER_MS } from './connection.ts';

/** What a page says of its own connection. */
export interface LiveStatus {
  liveness: Liveness;
  /** The server's clock, when what is shown was last confirmed. */
  confirmedAtMs: number;
  /** The server's clock, when it last heard anything of the swarm. */
  seenAtMs: number;
  /** Why it is not live, in words; `null` when it is, or when it never was yet. */
  reason: string | null;
  /** Has this page been live before? Until then it shows the state as of the request. */
  wasLive: boolean;
  /** This machine's clock, when the server last came back as a new process; `null` when it did not. */
  restartedAtMs: number | null;
}

type Liveness = 'live' | 'stale' | 'lost';

/** How far what is shown can be trusted, from the connection and how long nothing was received from the server. */
export function toLiveness(connection: Connection, silentMs: number): Liveness {
  if (silentMs >= LOST_AFTER_MS) return 'lost';
  return connection.state === 'open' && silentMs < STALE_AFTER_MS ? 'live' : 'stale';
}

/** How it stands now. @param silentMs how long nothing was received from the server */
export function toNextStatus(
  status: LiveStatus,
  change: Partial<LiveStatus>,
  connection: Connection,
  silentMs: number,
): LiveStatus {
  const liveness = toLiveness(connection, silentMs);
  const reason = connection.state === 'down' ? connection.reason : status.reason;
  return {
    ...status,
    ...change,
    liveness,
    reason: liveness === 'live' ? null : reason,
    wasLive: status.wasLive || liveness === 'live',
  };
}
