import type { EngineIdentity } from '#lib/engine/port.ts';
import { AGENT_LEVEL } from '#lib/model/docker/agent-level.ts';
import { describeLocalState } from '#lib/watch/describe-local-state.ts';

/** Why an engine cannot be part of the swarm, as it says itself; `null` when it can. */
export function refuseIdentity(identity: EngineIdentity): string | null {
  const name = identity.hostname || 'This engine';
  if (identity.lookalike !== null) return `${name} runs ${identity.lookalike}, not Docker: it has no swarm.`;
  if (identity.localNodeState === 'error' && /x509|certificate/i.test(identity.swarmError ?? ''))
    return `The certificate of ${name} has expired while it was away: on it, docker swarm leave, then join again. It says: ${identity.swarmError}`;
  const state = describeLocalState(identity, name);
  if (state !== null) return state;
  if (identity.localNodeState === 'locked')
    return `${name} is locked since its engine was restarted: docker swarm unlock on it, with the unlock key.`;
  if (identity.nodeId === null || identity.localNodeState === 'inactive')
    return `${name} is in no swarm: join it, or take its endpoint out of the settings.`;
  if (identity.agentLevel !== null && identity.agentLevel !== AGENT_LEVEL)
    return `The agent on ${name} is of another release than this server: update both to the same image.`;
  return null;
}
