/** Of one container, what decides when it is read. */
export interface UsageCandidate {
  /** When it was read, or tried to be; before the first time, from when on it may be (minus the least routine pace). */
  readAtMs: number;
  /** Who looks at it now: at itself, or at a list that it is in. */
  look: 'page' | 'list' | null;
  /** Its service sets a limit, or its engine says that it has one. */
  hasLimit: boolean;
  /** Its probes fail. */
  hasProblem: boolean;
  /** Near one of its limits, or soon. */
  isNear: boolean;
  /** Until then it has only just been started: what it will use is not known, and what fails at its start fails soon. */
  youngUntilMs: number;
  /** Its engine did not answer for it: when it is asked again, whatever its pace; `null`: it did. */
  retryAtMs: number | null;
}

/**
 * How often each is read. What has neither a limit nor a problem, and nobody looks at, is not read at all: there would be
 * nothing to say of it.
 */
const PACES_MS = { page: 2_000, list: 5_000, near: 10_000 };
/**
 * Of all containers together three a second, so that a large swarm costs little; but none is left for longer than five minutes, as
 * long as that takes no more than twenty a second: of 6,000 containers.
 */
const ROUTINE = { minMs: 90_000, maxMs: 300_000, eachMs: 300, leastEachMs: 50 };

/** How often what has a limit is read, and nobody looks at, by how many containers there are. */
export function toRoutineMs(containers: number): number {
  const ms = Math.min(ROUTINE.maxMs, Math.max(ROUTINE.minMs, containers * ROUTINE.eachMs));
  return Math.max(ms, containers * ROUTINE.leastEachMs);
}

/** How long to wait after a reading; infinite: it is not to be read. */
export function findPaceMs(candidate: UsageCandidate, routineMs: number): number {
  const { look, hasLimit, hasProblem, isNear, youngUntilMs, readAtMs } = candidate;
  if (look !== null) return PACES_MS[look];
  if (isNear || hasProblem || (hasLimit && readAtMs < youngUntilMs)) return PACES_MS.near;
  return hasLimit ? routineMs : Number.POSITIVE_INFINITY;
}

/** Of its pace, by so much earlier than due it is read where others are: what is read together is written together. */
const EARLY_SHARE = 0.1;

/** When it is to be read; infinite: it is not. */
export function findDueMs(candidate: UsageCandidate, paceMs: number): number {
  if (paceMs === Number.POSITIVE_INFINITY) return paceMs;
  return candidate.retryAtMs ?? candidate.readAtMs + paceMs;
}

/**
 * The one that is late by the most of its own pace; `null`: none is due. `dueAtMs` is when the next one besides it will be.
 *
 * @param how.earlyMs by so much before its time at most, and by a tenth of its pace
 * @param how.answeredFirst one that its engine did not answer for only where no other is due
 */
export function chooseDue<T extends UsageCandidate>(
  candidates: Iterable<T>,
  nowMs: number,
  routineMs: number,
  how: { earlyMs?: number; answeredFirst?: boolean } = {},
): { chosen: T | null; dueAtMs: number } {
  const { earlyMs = 0, answeredFirst = false } = how;
  let chosen: T | null = null;
  let latest = Number.NEGATIVE_INFINITY;
  let chosenDueAtMs = Number.POSITIVE_INFINITY;
  let dueAtMs = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    const paceMs = findPaceMs(candidate, routineMs);
    if (paceMs === Number.POSITIVE_INFINITY) continue;
    const ownDueAtMs = findDueMs(candidate, paceMs);
    const late = (nowMs - ownDueAtMs) / paceMs;
    const isDue = ownDueAtMs - Math.min(earlyMs, paceMs * EARLY_SHARE) <= nowMs;
    const isAnswered = candidate.retryAtMs === null;
    const isOtherKind: boolean =
      answeredFirst && chosen !== null && isAnswered !== (chosen.retryAtMs === null);
    if (isDue && (isOtherKind ? isAnswered : late > latest)) {
      dueAtMs = Math.min(dueAtMs, chosenDueAtMs);
      chosen = candidate;
      latest = late;
      chosenDueAtMs = ownDueAtMs;
    } else dueAtMs = Math.min(dueAtMs, ownDueAtMs);
  }
  return { chosen, dueAtMs };
}

/** Does a look at it show that it needs to be read more often than as routine? */
export function isNearLimit(usage: {
  memoryBytes: number | null;
  memoryMaxBytes: number | null;
  throttled: number | null;
  pids: number | null;
  pidsMax: number | null;
}): boolean {
  const { memoryBytes, memoryMaxBytes, throttled, pids, pidsMax } = usage;
  if (memoryBytes !== null && memoryMaxBytes !== null && memoryBytes >= 0.7 * memoryMaxBytes) return true;
  if (pids !== null && pidsMax !== null && pids >= 0.7 * pidsMax) return true;
  return throttled !== null && throttled >= 0.1;
}

/** By two readings: would it be full within ten minutes? */
export function growsFast(
  before: { atMs: number; memoryBytes: number | null } | null,
  now: { atMs: number; memoryBytes: number | null; memoryMaxBytes: number | null },
): boolean {
  if (before === null || before.memoryBytes === null) return false;
  if (now.memoryBytes === null || now.memoryMaxBytes === null || now.atMs <= before.atMs) return false;
  const perMs = (now.memoryBytes - before.memoryBytes) / (now.atMs - before.atMs);
  return perMs > 0 && (now.memoryMaxBytes - now.memoryBytes) / perMs < 10 * 60_000;
}
