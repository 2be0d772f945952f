import type { Incident } from '#lib/model/contract/incident.ts';

const START_WITHIN_MS = 5_000;
const END_WITHIN_MS = 15_000;

/** While the server was away, epoch ms. */
export interface Away {
  fromMs: number;
  untilMs: number;
}

/**
 * What a server that was killed tells otherwise than one beside it that was not: how many, their names, when they began and
 * ended. What began and was over while it was away nobody there could see; the same of what is told of one that was.
 *
 * @returns in sentences; empty: nothing
 */
export function compareIncidents(
  whole: readonly Incident[],
  killed: readonly Incident[],
  aways: readonly Away[],
): string[] {
  const rest = new Set(killed);
  const wrong: string[] = [];
  const missing: Incident[] = [];
  for (const one of [...whole].sort((a, b) => a.startedAtMs - b.startedAtMs)) {
    const same = [...rest].filter((other) => isSame(one, other, aways)).sort(byNearness(one))[0];
    if (same === undefined) missing.push(one);
    else rest.delete(same);
  }
  for (const one of missing) {
    const near = [...rest].filter((other) => hasCommon(one, other)).sort(byNearness(one))[0];
    if (near !== undefined && isNear(one.startedAtMs, near.startedAtMs, 60_000)) {
      rest.delete(near);
      wrong.push(`${describeIncident(one)}: it is ${describeIncident(near)}`);
    } else if (!isUnseen(one, aways)) wrong.push(`${describeIncident(one)}: there is none`);
  }
  for (const one of rest) wrong.push(`${describeIncident(one)} is told where there is none`);
  return wrong;
}

function isSame(one: Incident, other: Incident, aways: readonly Away[]): boolean {
  return (
    one.title === other.title &&
    isAt(one.startedAtMs, other.startedAtMs, START_WITHIN_MS, aways) &&
    (one.endedAtMs === null) === (other.endedAtMs === null) &&
    isAt(one.endedAtMs ?? 0, other.endedAtMs ?? 0, END_WITHIN_MS, aways)
  );
}

/** What happened while it was away is dated by when it looked again. */
function isAt(ms: number, toldMs: number, withinMs: number, aways: readonly Away[]): boolean {
  if (isNear(ms, toldMs, withinMs)) return true;
  return aways.some(
    ({ fromMs, untilMs }) => ms >= fromMs - 1_000 && ms <= untilMs && isNear(toldMs, untilMs, withinMs),
  );
}

const byNearness = (one: Incident) => (a: Incident, b: Incident) =>
  Math.abs(a.startedAtMs - one.startedAtMs) - Math.abs(b.startedAtMs - one.startedAtMs);

const isNear = (a: number, b: number, withinMs: number) => Math.abs(a - b) <= withinMs;

function hasCommon(one: Incident, other: Incident): boolean {
  if (one.title === other.title) return true;
  const ids = new Set([...one.nodes, ...one.services].map(({ id }) => id));
  return [...other.nodes, ...other.services].some(({ id }) => ids.has(id));
}

/** A moment more on both sides: what a server saw just before it was killed it may not have told. */
function isUnseen({ startedAtMs, endedAtMs }: Incident, aways: readonly Away[]): boolean {
  return aways.some(
    ({ fromMs, untilMs }) => startedAtMs >= fromMs - 1_000 && (endedAtMs ?? Date.now()) <= untilMs + 2_000,
  );
}

export function describeIncident({ id, title, startedAtMs, endedAtMs, course }: Incident): string {
  const at = new Date(startedAtMs).toISOString().slice(11, 21);
  const until = endedAtMs === null ? 'lasts' : `${((endedAtMs - startedAtMs) / 1_000).toFixed(1)} s`;
  return `“${title}” ${at} ${until} (${id}: ${course.join(' → ')})`;
}
