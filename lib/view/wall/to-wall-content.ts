import { NO_FINDINGS } from '#lib/model/contract/finding.ts';
import type { NodePicture, ServicePicture, SwarmPicture } from '#lib/model/contract/picture.ts';
import { VERDICTS } from '#lib/model/contract/verdict.ts';
import { countBoth, describeAttention, type Summary, toSummary } from '#lib/view/overview/summary.ts';
import * as words from '#words/pages/wall.ts';
import { selectScope } from './select-scope.ts';
import { toWallProblems, type WallProblem } from './to-wall-problems.ts';
import type { WallOptions } from './wall-options.ts';

/** What a wall with these options says of a swarm. All is well only when nothing in its scope is wrong or not known. */
export function toWallContent(
  { services, nodes, findings }: Pick<SwarmPicture, 'services' | 'nodes' | 'findings'>,
  options: Pick<WallOptions, 'stacks' | 'services' | 'nodes'>,
): WallContent {
  const scope = selectScope(services, nodes, options);
  const isWhole = scope.title === null;
  const all = toWallProblems(scope.services, scope.nodes, isWhole ? findings : NO_FINDINGS);
  const problems = all.filter(({ silencedUntilMs }) => silencedUntilMs === null);
  // One that is silenced has the place of a service that is well, with its own colour, after all of those.
  const withProblem = new Set(problems.map(({ id }) => id));
  const rest = scope.services
    .filter(({ id }) => !withProblem.has(`service:${id}`))
    .sort((a, b) => rankRest(a) - rankRest(b));
  const missed = scope.misses.length === 0 ? null : words.nothingMatches(scope.misses.join(', '));
  const parts = [scope.title, all.length > 0 ? missed : null].filter((part) => part !== null);
  // What is silenced is as bad as it is, and counted: its place is another one.
  const tone = decideTone(all, scope.services.length, missed);
  return {
    tone,
    headline: toHeadline(tone, all, scope.title, missed),
    scope: parts.length === 0 ? null : parts.join('; '),
    problems,
    silenced: toSilenced(all),
    rest,
    services: scope.services,
    nodes: scope.nodes,
    summary: toSummary(scope),
  };
}

function toSilenced(problems: readonly WallProblem[]): WallContent['silenced'] {
  const silenced = problems.filter(({ silencedUntilMs }) => silencedUntilMs !== null);
  const ends = silenced.map(({ silencedUntilMs }) => silencedUntilMs ?? 0);
  return {
    ids: new Set(silenced.map(({ id }) => id)),
    untilMs: ends.length === 0 ? null : Math.min(...ends),
    isAllUntilThen: new Set(ends).size === 1,
  };
}

/** A wall that was asked for something that is not there must not call the rest well. */
function decideTone(problems: readonly WallProblem[], services: number, missed: string | null): WallTone {
  if (problems.some(({ isBad }) => isBad)) return 'bad';
  if (problems.length > 0) return 'unknown';
  return services === 0 || missed !== null ? 'empty' : 'well';
}

function toHeadline(
  tone: WallTone,
  problems: readonly WallProblem[],
  scope: string | null,
  missed: string | null,
): string {
  const count = (kind: WallProblem['kind'], isBad: boolean) =>
    problems.filter((problem) => problem.kind === kind && problem.isBad === isBad).length;
  switch (tone) {
    case 'bad': {
      // What a node explains is counted as that node.
      const hasOwn = problems.some(
        (one) => one.kind === 'swarm' && one.isBad && one.finding.because === null,
      );
      return describeAttention(hasOwn, count('service', true), count('node', true));
    }
    case 'unknown':
      return words.countNotKnown(countBoth(count('service', false), count('node', false)));
    case 'empty':
      if (missed !== null) return capitalise(missed);
      return scope === null ? words.noServicesYet : words.noMatch;
    case 'well':
      return scope === null ? words.allWell : words.scopeWell(capitalise(scope));
  }
}

const capitalise = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** What changes first; what has no check, is finished or scaled to 0 last. */
function rankRest({ verdict }: ServicePicture): number {
  const order: readonly string[] = ['updating', 'starting', 'healthy', 'running', 'idle'];
  const rank = order.indexOf(verdict);
  return rank < 0 ? VERDICTS.length : rank;
}

/** `bad` somebody must look, `unknown` it cannot be said, `empty` there is nothing to show, `well` all of it is. */
export type WallTone = 'bad' | 'unknown' | 'empty' | 'well';

/** What a wall says, before it is known how large the screen is. */
export interface WallContent {
  tone: WallTone;
  /** The one answer: `2 services need attention`, `All is well`, `Stack shop is well`. */
  headline: string;
  /** What this wall covers, and what it cannot: `stack shop`, `no service matches`; `null` for the whole swarm. */
  scope: string | null;
  problems: WallProblem[];
  /** Problems that are silenced: they have no place among those, and a line. */
  silenced: {
    ids: ReadonlySet<string>;
    /** When the first of them ends; `null`: there is none. */
    untilMs: number | null;
    isAllUntilThen: boolean;
  };
  /** Services that are well, those that change first, and those with a problem that is silenced, last. */
  rest: ServicePicture[];
  /** All of them. */
  services: ServicePicture[];
  nodes: NodePicture[];
  summary: Summary;
}
