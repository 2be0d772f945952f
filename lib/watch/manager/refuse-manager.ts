import type { EngineIdentity } from '#lib/engine/port.ts';

/** Why the swarm cannot be read from this engine, and what to do; `null` when it can. */
export function refuseManager(identity: EngineIdentity, endpoint: string): string | null {
  if (identity.localNodeState === 'locked')
    return `The swarm on ${identity.hostname} is locked: run docker swarm unlock there.`;
  if (identity.nodeId === null || identity.localNodeState === 'inactive')
    return `${endpoint} (${identity.hostname}) is in no swarm: run docker swarm init, or name a manager's endpoint.`;
  if (!identity.controlAvailable)
    return `${endpoint} (${identity.hostname}) is a worker: only a manager knows the swarm. Name a manager's endpoint.`;
  return null;
}
