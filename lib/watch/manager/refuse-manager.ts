import type { EngineIdentity } from '#lib/engine/port.ts';
import { describeLocalState } from '#lib/watch/describe-local-state.ts';

/** Why the swarm cannot be read from this engine, and what to do; `null` when it can. */
export function refuseManager(identity: EngineIdentity, endpoint: string): string | null {
  const { lookalike, localNodeState, nodeId } = identity;
  if (lookalike !== null) return `${endpoint} is ${lookalike}, not Docker: it has no swarm.`;
  const who = identity.hostname === null ? endpoint : `${endpoint} (${identity.hostname})`;
  const state = describeLocalState(identity, who);
  if (state !== null) return state;
  if (localNodeState === 'locked')
    return `The swarm on ${identity.hostname} is locked: run docker swarm unlock there.`;
  if (nodeId === null || localNodeState === 'inactive')
    return `${who} is in no swarm: run docker swarm init, or name a manager's endpoint.`;
  if (localNodeState === 'pending' && !identity.controlAvailable)
    return `${who} is still joining its swarm: no manager there yet.`;
  if (!identity.controlAvailable)
    return `${who} is a worker: only a manager knows the swarm. Name a manager's endpoint.`;
  return null;
}
