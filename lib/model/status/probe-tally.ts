import type { HealthStatus } from '#lib/model/docker/container.ts';
import type { Probe } from '#lib/model/docker/probe.ts';
import { PROBE_WINDOW } from '#lib/model/docker/probe-line.ts';

/** How the last 60 probes of a task ended, since its first that passed: those before it are its start's. */
export interface ProbeTally {
  /** Counted so far. */
  seen: number;
  /** Those of the last 60 that failed, oldest first: which of all that were counted, and when it began (our clock). */
  failures: readonly { at: number; startedAtMs: number }[];
  /** The newest that failed; `null`: none of the last 60. */
  lastFailed: Probe | null;
}

/** Nothing counted; shared, as is what most replicas have. */
export const NO_TALLY: ProbeTally = { seen: 0, failures: [], lastFailed: null };

/** The tally with probes that were not seen before, oldest first, of a container that Docker calls `status` by now. */
export function addToTally(
  before: ProbeTally,
  probes: readonly Probe[],
  status: HealthStatus | null,
): ProbeTally {
  if (status === null || status === 'starting' || probes.length === 0) return before;
  let { seen, lastFailed } = before;
  let failures = before.failures as { at: number; startedAtMs: number }[];
  for (const probe of probes) {
    const isFailed = probe.exitCode !== 0;
    if (seen === 0 && isFailed) continue;
    seen += 1;
    if (!isFailed) continue;
    if (failures === before.failures) failures = [...failures];
    failures.push({ at: seen, startedAtMs: probe.startedAtMs });
    lastFailed = probe;
  }
  const first = failures.findIndex(({ at }) => at > seen - PROBE_WINDOW);
  if (first < 0) return { seen, failures: NO_TALLY.failures, lastFailed: null };
  return { seen, failures: first === 0 ? failures : failures.slice(first), lastFailed };
}

/** Probes that fail again and again, and never often enough in a row for Docker to act. */
export interface Flapping {
  /** So many of the last `of`. */
  failed: number;
  of: number;
  /** The most of them in a row. */
  inRow: number;
  /** When the first of them began, our clock. */
  sinceMs: number;
  lastFailed: Probe | null;
}

/** Once it flaps it goes on until it is down to this share of where it began, so that one probe more or less is no news. */
const UNTIL = 2 / 3;

/** One streak, or two, is what Docker counts: from here on it comes and goes. */
const MIN_TIMES = 3;

/** @param line so many of the last 60 are too many; `null`: none are */
export function findFlapping(
  { seen, failures, lastFailed }: ProbeTally,
  line: number | null,
  wasFlapping: boolean,
): Flapping | null {
  const [first] = failures;
  if (line === null || first === undefined) return null;
  const needed = wasFlapping ? Math.max(2, Math.ceil(line * UNTIL)) : line;
  if (failures.length < needed) return null;
  let [inRow, run, times] = [0, 0, 0];
  for (const [index, { at }] of failures.entries()) {
    const goesOn = failures[index - 1]?.at === at - 1;
    run = goesOn ? run + 1 : 1;
    if (!goesOn) times += 1;
    inRow = Math.max(inRow, run);
  }
  if (times < Math.min(MIN_TIMES, line)) return null;
  const of = Math.min(seen, PROBE_WINDOW);
  return { failed: failures.length, of, inRow, sinceMs: first.startedAtMs, lastFailed };
}
