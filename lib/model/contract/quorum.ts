/**
 * How far the managers are from losing the swarm.
 * - `safe` at least one more may be lost
 * - `single` the only manager: a swarm of one, by choice
 * - `edge` one more loss and nothing can be changed
 * - `lost` nothing can be changed now; what runs goes on, and nobody replaces what dies
 * - `unknown` no manager is known, or a manager's state is not
 */
export type QuorumState = 'safe' | 'single' | 'edge' | 'lost' | 'unknown';

export interface Quorum {
  state: QuorumState;
  managers: number;
  /** Managers that the leader reaches. */
  reachable: number;
  /** How many it takes: more than half. */
  needed: number;
  sentence: string;
}
