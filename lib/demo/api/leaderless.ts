import type { SimNode, World } from '#lib/demo/world.ts';

/** swarmkit `manager/state/raft`: what a manager answers that knows of no leader. */
const NO_LEADER =
  "rpc error: code = Unknown desc = The swarm does not have a leader. It's possible that too few managers are online. Make sure more than half of the managers are online.";
export const TIMED_OUT = 'rpc error: code = DeadlineExceeded desc = context deadline exceeded';
/** moby `daemon/cluster`, swarmRequestTimeout. */
export const SWARM_REQUEST_MS = 20_000;

/** Why this node cannot say how its swarm is, in Docker's words; `null`: it can. */
export function findSwarmError({ raft }: World, { manager }: SimNode): string | null {
  if (!manager) return null;
  return { agreeing: null, unnoticed: null, waiting: TIMED_OUT, leaderless: NO_LEADER }[raft.state];
}

/** Is this answered only when the request for the swarm timed out? */
export function isHeldUp({ raft }: World, { manager }: SimNode, path: string): boolean {
  return manager && raft.state === 'waiting' && /^\/(info|nodes|services|tasks)(\/|$)/.test(path);
}
