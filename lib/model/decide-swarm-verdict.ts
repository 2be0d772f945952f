import { describeSwarmError } from './describe-swarm-error.ts';
import type { NodePicture, ServiceHead } from './picture.ts';
import type { Source } from './source.ts';
import type { SwarmInfo } from './swarm-info.ts';
import { VERDICTS, type Verdict } from './verdict.ts';

export interface SwarmFacts {
  swarm: SwarmInfo | null;
  /** Endpoints of managers. */
  managers: readonly Source[];
  nodes: readonly NodePicture[];
  services: readonly Pick<ServiceHead, 'verdict' | 'name'>[];
  /** Has any manager answered since start? */
  ready: boolean;
}

const FINE: ReadonlySet<Verdict> = new Set(['updating', 'starting', 'running', 'healthy', 'idle']);

/**
 * The whole swarm's verdict, the worst of its services, nodes and managers, with the one sentence that says why: first
 * what makes all the rest doubtful, then services, then nodes.
 */
export function decideSwarmVerdict(facts: SwarmFacts): { verdict: Verdict; sentence: string } {
  const { swarm, managers, nodes, services, ready } = facts;
  const isCut = managers.length > 0 && managers.every(({ state }) => state === 'unreachable');
  const cut = isCut ? `Docker cannot be reached: ${describeError(managers)}` : null;
  if (!ready) return { verdict: 'unknown', sentence: cut ?? 'Waiting for the first answer of Docker.' };

  const down = nodes.filter(isDown);
  const unread = nodes.filter(isUnread);
  const troubled = services.filter(({ verdict }) => !FINE.has(verdict));
  const quorum = swarm?.error == null ? null : describeSwarmError(swarm.error);
  const verdicts: Verdict[] = services.map(({ verdict }) => verdict);
  if (quorum !== null || down.length > 0) verdicts.push('degraded');
  if (cut !== null || unread.length > 0) verdicts.push('unknown');
  const parts = [
    troubled.length === 0
      ? null
      : nameSome(
          troubled.map(({ name }) => name),
          'service',
          'needs attention',
          'need attention',
        ),
    down.length === 0
      ? null
      : nameSome(
          down.map(({ hostname }) => hostname),
          'node',
          'is down',
          'are down',
        ),
    unread.length === 0 ? null : describeUnread(unread),
  ].filter((part) => part !== null);
  const sentence =
    cut ?? quorum ?? (parts.length > 0 ? capitalise(parts.join(', ')) : describeFine(services));
  return { verdict: worst(verdicts), sentence };
}

/** A drained node that is down is maintenance, not an alarm. */
function isDown({ status, availability }: NodePicture): boolean {
  return status === 'down' && availability !== 'drain';
}

function isUnread({ status, engine }: NodePicture): boolean {
  return status === 'ready' && engine.state !== 'live' && engine.state !== 'connecting';
}

function describeError(managers: readonly Source[]): string {
  const source = managers.find(({ active }) => active) ?? managers[0];
  return source?.error ?? 'no manager answers';
}

function describeUnread(unread: NodePicture[]): string {
  const [first] = unread;
  if (first !== undefined && unread.length === 1) return `the engine of ${first.hostname} cannot be read`;
  return `the engines of ${unread.length} nodes cannot be read`;
}

function nameSome(names: string[], noun: string, isWords: string, areWords: string): string {
  return names.length === 1 ? `${names[0]} ${isWords}` : `${names.length} ${noun}s ${areWords}`;
}

function describeFine(services: SwarmFacts['services']): string {
  if (services.length === 0) return 'No services yet';
  const changing = services.filter(({ verdict }) => verdict === 'updating' || verdict === 'starting').length;
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
