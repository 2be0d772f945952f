import { NO_FINDINGS } from '#lib/model/contract/finding.ts';
import type { NodeSign } from '#lib/model/contract/node-sign.ts';
import type { NodePicture } from '#lib/model/contract/picture.ts';
import type { Wording } from '#lib/model/contract/wording.ts';
import type { SwarmNode } from '#lib/model/docker/node.ts';
import type { Source } from '#lib/model/docker/source.ts';
import { findNodeFindings } from '#lib/model/findings/find-node-findings.ts';
import { findNodePorts } from '#lib/model/findings/ports.ts';
import { type FoundRoot, toNodeRoot } from '#lib/model/findings/roots/node-roots.ts';
import { toFindings } from '#lib/model/findings/to-finding.ts';
import type { NodePorts, PortReach } from '#lib/model/ports/node-ports.ts';
import { hasEqualContent } from '#lib/model/text/has-equal-content.ts';

export interface NodeFacts {
  node: SwarmNode;
  /** The source that reads this node's engine; `null` when none does. */
  engine: Source | null;
  /** Does the swarm have a leader, as far as its managers tell? Without one nobody is, whoever was. */
  hasLeader: boolean;
  /** What containers on it say of it. */
  signs: readonly NodeSign[];
  /** What it has that several services on it suffer from. */
  roots: readonly FoundRoot[];
  /** What its ports say; `null`: none is asked. */
  ports: NodePorts | null;
  portReach: PortReach;
  previous: NodePicture | null;
  /** Our clock, epoch ms. */
  nowMs: number;
  wording: Wording;
}

/** One node of the picture; the same object as `previous` where nothing changed. */
export function deriveNode(facts: NodeFacts): NodePicture {
  const { node, engine, hasLeader, signs, roots, previous, nowMs, wording } = facts;
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
    engine: engine === null ? toUnconfigured(facts) : toEngine(engine),
  };
  const { createdAtMs, updatedAtMs, notUnderstood, listedAs } = node;
  const more = { signs, left: engine?.left === true, createdAtMs, updatedAtMs, notUnderstood, listedAs };
  const picture: NodePicture = {
    ...state,
    findings: toFindings(
      [
        ...findNodeFindings(state, nowMs, more),
        ...roots.map((root) => toNodeRoot(root, node.hostname)),
        ...findNodePorts(node.hostname, facts.ports, facts.portReach),
      ],
      { kind: 'node', nodeId: node.id },
      wording,
      { previous: previous?.findings ?? NO_FINDINGS, nowMs },
    ),
  };
  return previous !== null && hasEqualContent(previous, picture) ? previous : picture;
}

function toEngine(engine: Source): NodePicture['engine'] {
  const { state, sinceMs, error, endpoint, apiVersion, skewMs, lastReadMs } = engine;
  return { state, sinceMs, error, endpoint, apiVersion, skewMs, lastReadMs };
}

function toUnconfigured({ node, previous, nowMs, wording }: NodeFacts): NodePicture['engine'] {
  const { os, address } = node;
  const gap = os === 'windows' ? 'windows' : address === null ? 'no-address' : 'not-set-up';
  const wasUnconfigured = previous?.engine.state === 'unconfigured' && previous.engine.endpoint === null;
  return {
    state: 'unconfigured',
    sinceMs: wasUnconfigured ? previous.engine.sinceMs : nowMs,
    error: wording.engineGap(gap),
    endpoint: null,
    apiVersion: null,
    skewMs: 0,
    lastReadMs: previous?.engine.lastReadMs ?? null,
  };
}
