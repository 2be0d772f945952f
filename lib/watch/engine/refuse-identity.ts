import type { EngineIdentity } from '#lib/engine/port.ts';
import { AGENT_LEVEL } from '#lib/model/docker/agent-level.ts';

/** Why an engine cannot be part of the swarm, as it says itself; `null` when it can. */
export function refuseIdentity(identity: EngineIdentity): string | null {
  const name = identity.hostname || 'This engine';
  if (identity.nodeId === null || identity.localNodeState === 'inactive')
    return `${name} is in no swarm: join it, or take its endpoint out of the settings.`;
  if (identity.agentLevel !== null && identity.agentLevel !== AGENT_LEVEL)
    return `The agent on ${name} is of another release than this server: update both to the same image.`;
  return null;
}
