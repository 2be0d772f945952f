import { NO_FINDINGS } from '#lib/model/contract/finding.ts';
import type { Found } from '#lib/model/contract/found.ts';
import {
  type NodePicture,
  PICTURE_VERSION,
  type ServicePicture,
  type SourcePicture,
  type SwarmHead,
} from '#lib/model/contract/picture.ts';
import type { Wording } from '#lib/model/contract/wording.ts';
import type { SwarmNode } from '#lib/model/docker/node.ts';
import type { Source } from '#lib/model/docker/source.ts';
import type { SwarmInfo } from '#lib/model/docker/swarm-info.ts';
import { findSwarmFindings } from '#lib/model/findings/find-swarm-findings.ts';
import { findFailingTogether } from '#lib/model/findings/roots/failing-together.ts';
import { toFindings } from '#lib/model/findings/to-finding.ts';
import { decideQuorum } from '#lib/model/status/decide-quorum.ts';
import { hasEqualContent } from '#lib/model/text/has-equal-content.ts';
import { decideSwarmVerdict } from './decide-swarm-verdict.ts';

export interface SwarmHeadFacts {
  swarm: SwarmInfo | null;
  /** Endpoints of managers. */
  managers: Source[];
  /** What `deriveSources` made of them and the engines'. */
  sources: SourcePicture[];
  nodes: readonly NodePicture[];
  /** The same, as their managers list them. */
  listed: readonly SwarmNode[];
  services: readonly ServicePicture[];
  /** What the swarm has that several services suffer from. */
  roots: readonly Found<'swarm'>[];
  /** Has any manager answered since start? */
  ready: boolean;
  demo: boolean;
  /** What the swarm is called here; `null`: as Docker calls it. */
  name: string | null;
  previous: SwarmHead | null;
  /** Our clock, epoch ms. */
  nowMs: number;
  wording: Wording;
}

/** What the picture says of the swarm as a whole; the same object as `previous` where nothing changed. */
export function deriveSwarmHead(facts: SwarmHeadFacts): SwarmHead {
  const { swarm, managers, nodes, listed, previous, nowMs, wording } = facts;
  const answering = managers.find(({ active, state }) => active && state === 'live');
  const quorum = decideQuorum(nodes, swarm?.error ?? null, answering?.nodeId ?? null);
  const before = { previous: previous?.findings ?? NO_FINDINGS, nowMs };
  const reported = { swarmError: swarm?.error ?? null, rotation: swarm?.rotation ?? null };
  const own = findSwarmFindings({ ...reported, managers, quorum, nodes, listed, ...before });
  const together = findFailingTogether(facts.services);
  const found = [...own, ...facts.roots, ...(together === null ? [] : [together])];
  const findings = toFindings(found, { kind: 'swarm' }, wording, before);
  const { error: _error, ...margin } = quorum;
  const head: SwarmHead = {
    version: PICTURE_VERSION,
    demo: facts.demo,
    name: facts.name ?? swarm?.name ?? 'swarm',
    ...decideSwarmVerdict({ ...facts, findings }, wording),
    quorum: { ...margin, sentence: wording.quorum(quorum) },
    ready: facts.ready,
    sources: facts.sources,
    findings,
  };
  return previous !== null && hasEqualContent(previous, head) ? previous : head;
}

/** The sources of the picture, managers first; the same list as `previous` where nothing changed that people see. */
export function deriveSources(
  managers: readonly Source[],
  engines: Iterable<Source>,
  previous: SourcePicture[] | null,
): SourcePicture[] {
  const sources = [...managers, ...engines].map(toSourcePicture);
  return previous !== null && hasEqualContent(previous, sources) ? previous : sources;
}

function toSourcePicture({ lastReadMs: _lastReadMs, left: _left, ...source }: Source): SourcePicture {
  return source;
}
