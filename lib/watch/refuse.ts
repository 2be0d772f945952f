import type { EngineIdentity } from '#lib/engine/port.ts';
import { AGENT_LEVEL } from '#lib/model/docker/agent-level.ts';

/**
 * Why an engine that was in a swarm is not, in its own words (`/info`, `Swarm.LocalNodeState` and `Swarm.Error`, moby
 * daemon/cluster/noderunner.go); `null` when it is. What it says of the swarm's certificates is known further on.
 */
function describeLocalState(
  { localNodeState, swarmError }: Pick<EngineIdentity, 'localNodeState' | 'swarmError'>,
  who: string,
): string | null {
  if (localNodeState !== 'error') return null;
  return swarmError === null
    ? `The swarm of ${who} has failed, without a reason: its engine's own log has one.`
    : `${who} is not in its swarm now: ${swarmError}`;
}

/** In Go's words and those of swarmkit's ca: one that another authority signed is neither too old nor too young. */
function describeCertificate({ localNodeState, swarmError }: EngineIdentity, name: string): string | null {
  if (localNodeState !== 'error' || swarmError === null) return null;
  if (/not valid before|is before \d/i.test(swarmError))
    return `By the clock of ${name} its certificate is not valid yet: set that clock, then restart its engine. It says: ${swarmError}`;
  if (!/not valid after|is after \d/i.test(swarmError)) return null;
  return `The certificate of ${name} has expired while it was away: on it, docker swarm leave, then join again. It says: ${swarmError}`;
}

/** It never joined one, or has left it. One that is joining has no id yet. */
export function isInNoSwarm({
  nodeId,
  localNodeState,
  lookalike,
}: Pick<EngineIdentity, 'nodeId' | 'localNodeState' | 'lookalike'>): boolean {
  if (lookalike !== null || isOnItsWay(localNodeState)) return false;
  return nodeId === null || localNodeState === 'inactive';
}

function isOnItsWay(localNodeState: EngineIdentity['localNodeState']): boolean {
  return localNodeState === 'error' || localNodeState === 'locked' || localNodeState === 'pending';
}

/** Why an engine cannot be part of the swarm, as it says itself; `null` when it can. */
export function refuseIdentity(identity: EngineIdentity): string | null {
  const name = identity.hostname || 'This engine';
  if (identity.lookalike !== null) return `${name} runs ${identity.lookalike}, not Docker: it has no swarm.`;
  const certificate = describeCertificate(identity, name);
  if (certificate !== null) return certificate;
  const state = describeLocalState(identity, name);
  if (state !== null) return state;
  if (identity.localNodeState === 'locked')
    return `${name} is locked since its engine was restarted: docker swarm unlock on it, with the unlock key.`;
  if (isInNoSwarm(identity))
    return `${name} is in no swarm: join it, or take its endpoint out of the settings.`;
  if (identity.agentLevel !== null && identity.agentLevel !== AGENT_LEVEL)
    return `The agent on ${name} is of another release than this server: update both to the same image.`;
  return null;
}

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
