import type { Finding } from '#lib/model/contract/finding.ts';
import type { NodePicture, ServicePicture, SwarmHead } from '#lib/model/contract/picture.ts';
import { VERDICTS, type Verdict } from '#lib/model/contract/verdict.ts';
import { describeNodeLosses } from '#lib/model/findings/describe-node-losses.ts';
import { findNodeLosses } from '#lib/model/findings/find-node-losses.ts';
import { isChanging, isOk, isProblem } from '#lib/model/status/severity.ts';

export interface SwarmFacts {
  /** What is wrong with the swarm as a whole (`findSwarmFindings`). */
  findings: readonly Finding[];
  nodes: readonly NodePicture[];
  services: readonly Pick<ServicePicture, 'id' | 'name' | 'verdict' | 'update' | 'replicas'>[];
  /** Has any manager answered since start? */
  ready: boolean;
}

export type SwarmDecision = Pick<SwarmHead, 'verdict' | 'sentence' | 'problems'>;

/**
 * The whole swarm's verdict, the worst of its services, nodes and managers, with the one sentence that says why: first
 * what makes all the rest doubtful, then services, then nodes with all that they took along.
 */
export function decideSwarmVerdict(facts: SwarmFacts): SwarmDecision {
  const { findings, nodes, services, ready } = facts;
  const problem = findings.find(({ level }) => level === 'problem') ?? null;
  const isCut = problem?.cause === 'managers-unreachable';
  if (!ready)
    return {
      verdict: 'unknown',
      sentence: isCut ? problem.sentence : 'Waiting for the first answer of Docker.',
      problems: 0,
    };

  const losses = findNodeLosses(nodes, services);
  const explained = new Set(
    losses.flatMap((loss) => loss.services.filter((one) => one.explained).map(({ id }) => id)),
  );
  const affected = services.filter(({ id, verdict }) => !isOk(verdict) && !explained.has(id));
  const verdicts: Verdict[] = services.map(({ verdict }) => verdict);
  if ((problem !== null && !isCut) || losses.some(({ kind }) => kind === 'down')) verdicts.push('degraded');
  if (isCut || losses.some(({ kind }) => kind !== 'down')) verdicts.push('unknown');
  const parts = [describeNotOk(affected.map(({ name }) => name)), describeNodeLosses(losses)].filter(
    (part) => part !== null,
  );
  const sentence =
    problem?.sentence ?? (parts.length > 0 ? capitalise(parts.join(', ')) : describeFine(services));
  const lost = losses.filter(({ kind }) => kind !== 'unconfigured').length;
  const problems = lost + affected.filter(({ verdict }) => isProblem(verdict)).length;
  return { verdict: worst(verdicts), sentence, problems };
}

function describeNotOk(names: string[]): string | null {
  if (names.length === 0) return null;
  return names.length === 1 ? `${names[0]} needs attention` : `${names.length} services need attention`;
}

function describeFine(services: SwarmFacts['services']): string {
  if (services.length === 0) return 'No services yet';
  const changing = services.filter(({ verdict }) => isChanging(verdict)).length;
  const state = services.some(({ verdict }) => verdict === 'running') ? 'running' : 'healthy';
  const fine =
    services.length === 1 ? `The one service is ${state}` : `All ${services.length} services are ${state}`;
  if (changing === 0) return fine;
  const word = services.some(({ verdict }) => verdict === 'updating') ? 'changing' : 'starting';
  return services.length === 1
    ? `The one service is ${word}`
    : `No service needs attention, ${changing} ${word}`;
}

/** The first word, unless it is a name: service names and hostnames stay as they are. */
function capitalise(text: string): string {
  return text.startsWith('the ') ? `T${text.slice(1)}` : text;
}

function worst(verdicts: Verdict[]): Verdict {
  if (verdicts.length === 0) return 'idle';
  const present = new Set(verdicts);
  return VERDICTS.find((verdict) => present.has(verdict)) ?? 'unknown';
}
