import { NO_FINDINGS } from '#lib/model/contract/finding.ts';
import type { NodeSign } from '#lib/model/contract/node-sign.ts';
import type { NodePicture } from '#lib/model/contract/picture.ts';
import type { SwarmNode } from '#lib/model/docker/node.ts';
import type { Source } from '#lib/model/docker/source.ts';
import { findNodeFindings } from '#lib/model/findings/find-node-findings.ts';
import { hasEqualContent } from '#lib/model/text/has-equal-content.ts';

export interface NodeFacts {
  node: SwarmNode;
  /** The source that reads this node's engine; `null` when none does. */
  engine: Source | null;
  /** Does the swarm have a leader, as far as its managers tell? Without one nobody is, whoever was. */
  hasLeader: boolean;
  /** What containers on it say of it. */
  signs: readonly NodeSign[];
  previous: NodePicture | null;
  /** Our clock, epoch ms. */
  nowMs: number;
}

/** There is no agent for Windows; an endpoint of its engine can be read all the same. */
const WINDOWS =
  'It runs Windows, and there is no agent for that: name the endpoint of its engine in VITALS_ENGINES to read it.';
const NO_ADDRESS =
  'The managers list no address of it that leads anywhere: deploy the agents (docker stack deploy -c stack.yml vitals), or name its endpoint in VITALS_ENGINES.';
const UNCONFIGURED =
  'Nothing leads to this engine: deploy the agents (docker stack deploy -c stack.yml vitals), or set VITALS_ENGINES, for example to tcp://{addr}:2375.';

/** One node of the picture; the same object as `previous` where nothing changed. */
export function deriveNode({ node, engine, hasLeader, signs, previous, nowMs }: NodeFacts): NodePicture {
  const state: Omit<NodePicture, 'findings'> = {
    id: node.id,
    hostname: node.hostname,
    role: node.role,
    // A leader that was killed is listed as before by managers that cannot agree without it.
    leader: hasLeader && (node.manager?.leader ?? false) && node.status !== 'down',
    reachability: node.manager?.reachability ?? null,
    status: node.status,
    statusMessage: node.statusMessage,
    availability: node.availability,
    address: node.address,
    engineVersion: node.engineVersion ?? engine?.engineVersion ?? null,
    engine: engine === null ? toUnconfigured(node, previous, nowMs) : toEngine(engine),
  };
  const picture: NodePicture = {
    ...state,
    findings: findNodeFindings(state, previous?.findings ?? NO_FINDINGS, nowMs, {
      signs,
      createdAtMs: node.createdAtMs,
      updatedAtMs: node.updatedAtMs,
    }),
  };
  return previous !== null && hasEqualContent(previous, picture) ? previous : picture;
}

function toEngine(engine: Source): NodePicture['engine'] {
  const { state, sinceMs, error, endpoint, apiVersion, skewMs, lastReadMs } = engine;
  return { state, sinceMs, error, endpoint, apiVersion, skewMs, lastReadMs };
}

function toUnconfigured(
  { os, address }: SwarmNode,
  previous: NodePicture | null,
  nowMs: number,
): NodePicture['engine'] {
  const wasUnconfigured = previous?.engine.state === 'unconfigured' && previous.engine.endpoint === null;
  return {
    state: 'unconfigured',
    sinceMs: wasUnconfigured ? previous.engine.sinceMs : nowMs,
    error: os === 'windows' ? WINDOWS : address === null ? NO_ADDRESS : UNCONFIGURED,
    endpoint: null,
    apiVersion: null,
    skewMs: 0,
    lastReadMs: previous?.engine.lastReadMs ?? null,
  };
}
