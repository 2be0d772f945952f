import { type Connection, LOST_AFTER_MS, STALE_AFTER_MS } from './connection.ts';

export type Liveness = 'live' | 'stale' | 'lost';

/** How far what is shown can be trusted, from the connection and how long nothing was received from the server. */
export function toLiveness(connection: Connection, silentMs: number): Liveness {
  if (silentMs >= LOST_AFTER_MS) return 'lost';
  return connection.state === 'open' && silentMs < STALE_AFTER_MS ? 'live' : 'stale';
}
