/** What a manager says of the swarm as a whole (`/info`). */
export interface SwarmInfo {
  id: string | null;
  name: string | null;
  /** Docker keeps this many tasks of a slot, the live one included. */
  taskHistoryLimit: number | null;
  /** Why swarm data cannot be trusted now (no quorum, locked, …), in Docker's words; `null` when fine. */
  error: string | null;
}
