import type { ServicePicture } from '#lib/model/contract/picture.ts';
import type { WallContent } from './to-wall-content.ts';
import type { WallProblem } from './to-wall-problems.ts';

/** A page of a wall is in view for so long, and nothing on it gets another place more often. */
export const TURN_MS = 8000;

/** What a wall shows, in the order of the places. */
export interface HeldWall {
  /** Some may be well again. */
  problems: readonly WallProblem[];
  /** Services that were well when the places were given; some may be no more. */
  rest: readonly ServicePicture[];
  /** When they got their places; local clock. */
  sortedAtMs: number;
}

export const NO_HELD: HeldWall = { problems: [], rest: [], sortedAtMs: Number.NEGATIVE_INFINITY };

type Now = Pick<WallContent, 'problems' | 'rest' | 'services' | 'nodes'>;

/**
 * What there is now, in places that change at most once in the time of a page: what comes and goes many times a second moves
 * nothing. Until then one that is well again changes places with one that is so no more, or says so where it is. What is
 * worse than all that is shown has its place at once.
 */
export function holdWall(before: HeldWall, now: Now, nowMs: number): HeldWall {
  const { problems, rest } = now;
  const sorted = { problems, rest, sortedAtMs: nowMs };
  const held = toHeld(before, now);
  if (isOrdered(held, now)) return { ...held, sortedAtMs: before.sortedAtMs };
  const known = new Set(before.problems.map(({ id }) => id));
  const ranks = problems.filter(({ id }) => known.has(id)).map(({ rank }) => rank);
  const isWorse = problems.some(({ id, rank }) => !known.has(id) && rank < Math.min(...ranks));
  const isDue = nowMs - before.sortedAtMs >= TURN_MS || held.problems.length < before.problems.length;
  return isDue || isWorse || problems.length === 0 ? sorted : { ...held, sortedAtMs: before.sortedAtMs };
}

/** Is everything where it belongs? */
export function isOrdered(held: Pick<HeldWall, 'problems'>, { problems }: Pick<Now, 'problems'>): boolean {
  return (
    held.problems.length === problems.length && held.problems.every(({ id }, at) => id === problems[at]?.id)
  );
}

function toHeld(before: HeldWall, now: Now): Pick<HeldWall, 'problems' | 'rest'> {
  const current = new Map(now.problems.map((one) => [one.id, one]));
  const services = new Map(now.services.map((service) => [service.id, service]));
  const places = new Set(before.problems.map(({ id }) => id));
  const waiting = now.problems.filter(({ id }) => !places.has(id));
  /** By id, which service has its tile now. */
  const changed = new Map<string, string>();
  const problems = before.problems.flatMap((one) => {
    const same = current.get(one.id);
    if (same !== undefined) return same;
    const next = waiting.shift();
    if (next === undefined) return toWellAgain(one, now) ?? [];
    if (next.kind === 'service' && one.kind === 'service') changed.set(next.service.id, one.service.id);
    return next;
  });
  const shown = new Set(problems.map((one) => (one.kind === 'service' ? one.service.id : null)));
  const ids = before.rest.map(({ id }) => changed.get(id) ?? id);
  const known = new Set(ids);
  const rest = [...ids, ...now.rest.map(({ id }) => id).filter((id) => !known.has(id))]
    .filter((id) => !shown.has(id))
    .flatMap((id) => services.get(id) ?? []);
  return { problems, rest };
}

/** What has its place still and is a problem no more, as it is now; `null`: it is not there any more. */
function toWellAgain(problem: WallProblem, { services, nodes }: Now): WallProblem | null {
  const over = { isBad: false, evidence: null, silencedUntilMs: null };
  if (problem.kind === 'service') {
    const service = services.find(({ id }) => id === problem.service.id);
    return service === undefined
      ? null
      : { ...problem, ...over, service, sinceMs: service.sinceMs, sentence: service.sentence };
  }
  if (problem.kind === 'swarm') return null;
  const node = nodes.find(({ id }) => id === problem.node.id);
  return node === undefined
    ? null
    : { ...problem, ...over, node, impaired: false, sinceMs: null, sentence: '' };
}
