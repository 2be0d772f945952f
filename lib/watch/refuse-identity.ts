import type { EngineIdentity } from '#lib/engine/port.ts';

/** Why an engine cannot be part of the swarm, as it says itself; `null` when it can. */
export function refuseIdentity(identity: EngineIdentity): string | null {
  const name = identity.hostname || 'This engine';
  if (identity.nodeId === null || identity.localNodeState === 'inactive')
    return `${name} is in no swarm: join it, or take its endpoint out of the settings.`;
  if (identity.localNodeState === 'pending')
    return `${name} is still joining the swarm, or was removed from it and waits for a manager.`;
  return null;
}
