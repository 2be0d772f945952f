import type { Finding } from '#lib/model/contract/finding.ts';
import type { NodePicture, ServicePicture, SwarmHead } from '#lib/model/contract/picture.ts';
import type { LostNodes, SwarmStatement } from '#lib/model/contract/statement.ts';
import { VERDICTS, type Verdict } from '#lib/model/contract/verdict.ts';
import type { Wording } from '#lib/model/contract/wording.ts';
import { findNodeLosses, isExplainedBySwarm, type NodeLoss } from '#lib/model/findings/find-node-losses.ts';
import { isChanging, isOk, isProblem, toLossVerdict, toSwarmCauseFacts } from '#lib/model/status/severity.ts';

export interface SwarmFacts {
  /** What is wrong with the swarm as a whole (`findSwarmFindings`). */
  findings: readonly Finding[];
  nodes: readonly NodePicture[];
  services: readonly Pick<ServicePicture, 'id' | 'name' | 'verdict' | 'update' | 'replicas' | 'findings'>[];
  /** Has any manager answered since start? */
  ready: boolean;
}

export type SwarmDecision = Pick<SwarmHead, 'verdict' | 'sentence' | 'problems'>;

/**
 * The whole swarm's verdict, the worst of its services, nodes and managers, with the one sentence that says why: first
 * what makes all the rest doubtful, then services, then nodes with all that they took along.
 */
export function decideSwarmVerdict(facts: SwarmFacts, wording: Wording): SwarmDecision {
  const { findings, nodes, services, ready } = facts;
  const problem = findings.find(({ level, because }) => level === 'problem' && because === null) ?? null;
  const follows = findings.find(({ level, because }) => level === 'problem' && because !== null) ?? null;
  if (!ready)
    return {
      verdict: 'unknown',
      sentence: problem?.sentence ?? wording.swarm({ kind: 'waiting' }),
      problems: 0,
    };

  const losses = findNodeLosses(nodes, services);
  const explained = new Set(
    losses.flatMap((loss) => loss.services.filter((one) => one.explained).map(({ id }) => id)),
  );
  const affected = services.filter(
    (service) => !isOk(service.verdict) && !explained.has(service.id) && !isExplainedBySwarm(service),
  );
  const ofSwarm = findings.map(toSwarmCauseFacts).filter((one) => one !== null);
  const verdicts = [
    ...services.map(({ verdict }) => verdict),
    ...losses.map(({ kind }) => toLossVerdict(kind)),
    ...ofSwarm.map(({ verdict }) => verdict),
  ];
  const sentence = problem?.sentence ?? wording.swarm(toStatement(services, affected, losses, follows));
  const lost = losses.filter(({ kind }) => kind !== 'unconfigured').length;
  const roots = ofSwarm.filter(({ isCounted }) => isCounted).length;
  const problems = roots + lost + affected.filter(({ verdict }) => isProblem(verdict)).length;
  return { verdict: worst(verdicts), sentence, problems };
}

type Named = SwarmFacts['services'];

function toStatement(
  services: Named,
  affected: Named,
  losses: readonly NodeLoss[],
  follows: Finding | null,
): SwarmStatement {
  const [first] = affected;
  if (first !== undefined || losses.length > 0)
    return {
      kind: 'not-ok',
      services: first === undefined ? null : { count: affected.length, first: first.name },
      down: toLostNodes(losses.filter(({ kind }) => kind === 'down')),
      cutOff: toLostNodes(losses.filter(({ kind }) => kind === 'cut-off')),
      unread: toLostNodes(losses.filter(isUnread)),
      impaired: toImpaired(losses.filter(({ kind }) => kind === 'impaired')),
      follows: follows?.sentence ?? null,
    };
  return {
    kind: 'ok',
    services: services.length,
    state: services.some(({ verdict }) => verdict === 'running') ? 'running' : 'healthy',
    changing: services.filter(({ verdict }) => isChanging(verdict)).length,
    change: services.some(({ verdict }) => verdict === 'updating') ? 'changing' : 'starting',
  };
}

function isUnread({ kind }: NodeLoss): boolean {
  return toLossVerdict(kind) === 'unknown';
}

function toLostNodes(losses: readonly NodeLoss[]): LostNodes | null {
  const [first] = losses;
  if (first === undefined) return null;
  const replicas = losses.reduce((all, loss) => all + loss.replicas, 0);
  return { count: losses.length, firstHost: first.hostname, replicas };
}

function toImpaired(losses: readonly NodeLoss[]): (LostNodes & { sentence: string | null }) | null {
  const nodes = toLostNodes(losses);
  const only = losses.length === 1 ? losses[0] : undefined;
  return nodes && { ...nodes, sentence: nodes.replicas > 0 ? (only?.finding?.sentence ?? null) : null };
}

function worst(verdicts: Verdict[]): Verdict {
  if (verdicts.length === 0) return 'idle';
  const present = new Set(verdicts);
  return VERDICTS.find((verdict) => present.has(verdict)) ?? 'unknown';
}
