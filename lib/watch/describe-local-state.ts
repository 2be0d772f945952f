import type { EngineIdentity } from '#lib/engine/port.ts';

/**
 * Why an engine that was in a swarm is not, in its own words (`/info`, `Swarm.LocalNodeState` and `Swarm.Error`, moby
 * daemon/cluster/noderunner.go); `null` when it is. What it says of the swarm's certificates is known further on.
 */
export function describeLocalState(
  { localNodeState, swarmError }: Pick<EngineIdentity, 'localNodeState' | 'swarmError'>,
  who: string,
): string | null {
  if (localNodeState !== 'error') return null;
  return swarmError === null
    ? `The swarm of ${who} has failed, without a reason: its engine's own log has one.`
    : `${who} is not in its swarm now: ${swarmError}`;
}
