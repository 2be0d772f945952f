import type { EngineIdentity } from '#lib/engine/port.ts';
import type { SwarmInfo } from '#lib/model/docker/swarm-info.ts';
import { maskText } from '#lib/model/text/masking/mask-text.ts';
import { toVisibleText } from '#lib/model/text/show-hidden.ts';
import {
  type DockerObject,
  isDockerObject,
  readId,
  readName,
  readObject,
  readOneOf,
  readText,
} from './raw.ts';
import { toIssuer } from './to-node.ts';

const NODE_STATES = ['inactive', 'pending', 'active', 'error', 'locked'] as const;

/** What `/info` and the negotiation say about an engine; `null` when `info` is not an answer of Docker. */
export function toIdentity(
  info: unknown,
  known: {
    apiVersion: string;
    engineVersion: string;
    agentLevel: number | null;
    lookalike: string | null;
    skewMs: number;
  },
): EngineIdentity | null {
  if (!isDockerObject(info)) return null;
  const swarm = readObject(info.Swarm);
  const localNodeState = readOneOf(swarm.LocalNodeState, NODE_STATES) ?? 'unknown';
  const swarmError = toSwarmError(swarm.Error);
  return {
    hostname: readName(info.Name),
    engineVersion: readName(info.ServerVersion) ?? known.engineVersion,
    apiVersion: known.apiVersion,
    nodeId: readId(swarm.NodeID),
    localNodeState,
    controlAvailable: swarm.ControlAvailable === true,
    swarmError,
    swarm: toSwarmInfo(swarm, swarmError),
    agentLevel: known.agentLevel,
    lookalike: known.lookalike,
    skewMs: known.skewMs,
  };
}

/** Only managers know the swarm; without a quorum they say so instead. */
function toSwarmInfo(swarm: DockerObject, error: string | null): SwarmInfo | null {
  if (swarm.ControlAvailable !== true) return null;
  const cluster = readObject(swarm.Cluster);
  const spec = readObject(cluster.Spec);
  return {
    id: readId(cluster.ID),
    name: readName(spec.Name),
    error,
    rotation: cluster.RootRotationInProgress === true ? { issuer: toIssuer(cluster.TLSInfo) } : null,
  };
}

/** Why a manager has no swarm, in its own words: they may quote an address. */
function toSwarmError(value: unknown): string | null {
  const text = readText(value);
  return text === null ? null : toVisibleText(maskText(text.slice(0, 4_096)));
}
