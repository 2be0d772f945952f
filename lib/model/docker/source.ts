/**
 * What we know of one place we read from.
 * - `unconfigured` nothing leads to this node's engine: no agent and no endpoint
 * - `connecting` never answered yet, first try under way
 * - `live` events open, last list complete
 * - `stale` was live, a read failed or is overdue; what we know is ageing
 * - `unreachable` does not answer, or not as it should; what we knew is no longer true
 */
export type SourceState = 'unconfigured' | 'connecting' | 'live' | 'stale' | 'unreachable';

/** A manager or engine endpoint, or the server that a relay reads, and its state, as shown to people. */
export interface Source {
  kind: 'manager' | 'engine' | 'server';
  /** Display form of the endpoint, without credentials: `unix:///var/run/docker.sock`, `tcp://10.0.0.5:2375`. */
  endpoint: string;
  /** The node behind it, once it has reported it. */
  nodeId: string | null;
  state: SourceState;
  /** Our clock, when it entered this state. */
  sinceMs: number;
  /** What is wrong and what to do, in a sentence; `null` when all is well. */
  error: string | null;
  /** Our clock, when it last answered; `null` if never. */
  lastReadMs: number | null;
  /** For managers: this is the one being read now. Always true for engines. */
  active: boolean;
  engineVersion: string | null;
  apiVersion: string | null;
  /** It answers, and has left the swarm since it was this node's. */
  left: boolean;
  /** The engine's clock minus ours, beyond what a round trip explains; 0 when within it. */
  skewMs: number;
}
