import type { NodePicture, ServicePicture } from '#lib/model/contract/picture.ts';
import { VERDICTS, type Verdict } from '#lib/model/contract/verdict.ts';
import { describeSwarmError } from '#lib/model/docker/describe-swarm-error.ts';
import type { Source } from '#lib/model/docker/source.ts';
import type { SwarmInfo } from '#lib/model/docker/swarm-info.ts';
import { describeNodeLosses } from '#lib/model/findings/describe-node-losses.ts';
import { findNodeLosses } from '#lib/model/findings/find-node-losses.ts';
import { findTellingManager } from '#lib/model/status/find-telling-manager.ts';
import { isChanging, isOk } from '#lib/model/status/severity.ts';

export interface SwarmFacts {
  swarm: SwarmInfo | null;
  /** Endpoints of managers. */
  managers: readonly Source[];
  nodes: readonly NodePicture[];
  services: readonly Pick<ServicePicture, 'id' | 'name' | 'verdict' | 'update' | 'replicas'>[];
  /** Has any manager answered since start? */
  ready: boolean;
}

/**
 * The whole swarm's verdict, the worst of its services, nodes and managers, with the one sentence that says why: first
 * what makes all the rest doubtful, then services, then nodes with all that they took along.
 */
export function decideSwarmVerdict(facts: SwarmFacts): { verdict: Verdict; sentence: string } {
  const { swarm, managers, nodes, services, ready } = facts;
  // A manager that answers, and says that its swarm has no leader, fails us in another way than one that is gone.
  const telling = findTellingManager(managers);
  const leaderless = telling === null ? null : describeSwarmError(telling.error);
  const isAllLost = managers.length > 0 && managers.every(({ state }) => state === 'unreachable');
  const isCut = isAllLost && leaderless === null;
  const cut = isCut ? `Docker cannot be reached: ${telling?.error ?? 'no manager answers'}` : null;
  if (!ready) return { verdict: 'unknown', sentence: cut ?? 'Waiting for the first answer of Docker.' };

  const losses = findNodeLosses(nodes, services);
  const explained = new Set(
    losses.flatMap((loss) => loss.services.filter((one) => one.explained).map(({ id }) => id)),
  );
  const troubled = services.filter(({ id, verdict }) => !isOk(verdict) && !explained.has(id));
  const quorum =
    (isAllLost ? leaderless : null) ?? (swarm?.error == null ? null : describeTrouble(swarm.error));
  const verdicts: Verdict[] = services.map(({ verdict }) => verdict);
  if (quorum !== null || losses.some(({ kind }) => kind === 'down')) verdicts.push('degraded');
  if (cut !== null || losses.some(({ kind }) => kind !== 'down')) verdicts.push('unknown');
  const parts = [describeTroubled(troubled.map(({ name }) => name)), describeNodeLosses(losses)].filter(
    (part) => part !== null,
  );
  const sentence =
    cut ?? quorum ?? (parts.length > 0 ? capitalise(parts.join(', ')) : describeFine(services));
  return { verdict: worst(verdicts), sentence };
}

function describeTrouble(error: string): string {
  return describeSwarmError(error) ?? `The swarm is not managed: ${error.replace(/\.\s*$/, '')}`;
}

function describeTroubled(names: string[]): string | null {
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
