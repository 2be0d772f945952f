import type { FindingLevel } from '#lib/model/contract/finding.ts';
import type { Found } from '#lib/model/contract/found.ts';
import type { UpdateStatement } from '#lib/model/contract/statement.ts';
import { isJob, type Service } from '#lib/model/docker/service.ts';
import { parseSchedulingError } from '#lib/model/docker/task-error.ts';
import type { Absence } from '#lib/model/status/absence.ts';
import type { UpdateProgress } from '#lib/model/status/update-progress.ts';
import { toWants } from './pending.ts';

type UpdateCause = 'update-paused' | 'rollback-paused' | 'update-rolled-back' | 'update-unclosed';

/**
 * What is wrong with a service beyond its replicas, each of which carries its own findings: an update that stands
 * still, one that was rolled back, what Swarm and its engines do not agree on, replicas that were never made.
 */
export function findOwnFindings(
  service: Service,
  { update, progress, disagreements, remarks, absence, completed, unlistedSinceMs, nowMs }: OwnFacts,
): Found<'service'>[] {
  return [
    findUpdate(service, update, progress),
    ...disagreements,
    findMissing(service, absence, completed),
    findLeftOut(service, absence),
    findUnlisted(unlistedSinceMs, nowMs),
    findUnknownMode(service),
    findNowhere(service, absence),
    ...remarks,
  ].filter((found) => found !== null);
}

export interface OwnFacts {
  update: UpdateStatement | null;
  progress: UpdateProgress | null;
  /** What `findDisagreement` found. */
  disagreements: readonly Found<'service'>[];
  /** What `findRemarks` found. */
  remarks: readonly Found<'service'>[];
  absence: Absence;
  /** How many tasks of a job are done; `null`: it is none. */
  completed: number | null;
  /** Our clock, since when no manager lists its tasks; `null`: one does. */
  unlistedSinceMs: number | null;
  nowMs: number;
}

/** What a manager lists of the service is old, be its containers read live; `null`: it is not. */
function findUnlisted(unlistedSinceMs: number | null, nowMs: number): Found<'service'> | null {
  if (unlistedSinceMs === null) return null;
  return {
    cause: 'tasks-unlisted',
    level: 'notice',
    facts: { ageMs: nowMs - unlistedSinceMs },
    evidence: null,
    sinceMs: unlistedSinceMs,
    because: null,
  };
}

/** A mode that this version does not know: what runs of it is shown, and what should is not known. */
function findUnknownMode({ mode }: Service): Found<'service'> | null {
  if (mode.kind !== 'unknown') return null;
  const facts = { word: mode.word };
  return { cause: 'mode-unknown', level: 'notice', facts, evidence: null, sinceMs: null, because: null };
}

function findNowhere(service: Service, { excluded }: Absence): Found<'service'> | null {
  if (excluded === null) return null;
  const facts = { service: service.name, reasons: excluded.reasons, wants: toWants(service) };
  const { sinceMs } = excluded;
  return { cause: 'no-node-fits', level: 'problem', facts, evidence: null, sinceMs, because: null };
}

function findMissing(
  { name, mode }: Service,
  { isMissing }: Absence,
  completed: number | null,
): Found<'service'> | null {
  if (!isMissing) return null;
  const job =
    mode.kind === 'replicated-job' && completed !== null && completed > 0
      ? { done: completed, total: mode.totalCompletions }
      : null;
  const facts = { service: name, job };
  return { cause: 'replicas-missing', level: 'problem', facts, evidence: null, sinceMs: null, because: null };
}

/** Nodes that a global service should have a replica on, and Swarm runs none there. */
function findLeftOut(service: Service, { hosts, lateHosts }: Absence): Found<'service'> | null {
  const isBegun = hosts.length === 0;
  const all = isBegun ? lateHosts : hosts;
  if (all.length === 0) return null;
  const job = isBegun ? 'begun' : isJob(service) ? 'missed' : null;
  const facts = { service: service.name, count: all.length, hosts: all.slice(0, MAX_HOSTS), job } as const;
  const level = isBegun ? 'notice' : 'problem';
  return { cause: 'node-left-out', level, facts, evidence: null, sinceMs: null, because: null };
}

const MAX_HOSTS = 3;

function findUpdate(
  { name: service, updatePolicy }: Service,
  update: UpdateStatement | null,
  progress: UpdateProgress | null,
): Found<'service'> | null {
  if (update === null || progress === null) return null;
  const { outcome, isUnclosed, movedAtMs, completedAtMs } = progress;
  const facts = { service, update };
  const is = (cause: UpdateCause, level: FindingLevel, sinceMs: number | null): Found<'service'> => ({
    cause,
    level,
    facts,
    evidence: null,
    sinceMs,
    because: null,
  });
  switch (outcome) {
    case 'paused': {
      const isRollback = update.kind === 'state' && update.state === 'rollback_paused';
      return is(isRollback ? 'rollback-paused' : 'update-paused', 'problem', completedAtMs);
    }
    case 'rolled-back':
      return is('update-rolled-back', 'notice', completedAtMs);
    case 'stuck':
      return {
        ...{ cause: 'update-stuck', level: 'problem', sinceMs: movedAtMs, evidence: null, because: null },
        facts: { ...facts, held: updatePolicy.order === 'start-first' && isHeld(progress) },
      };
    case 'succeeded':
      return isUnclosed ? is('update-unclosed', 'notice', movedAtMs) : null;
    case 'unknown':
      return update.kind !== 'unknown'
        ? null
        : {
            ...{ cause: 'update-unknown', level: 'notice', sinceMs: null, evidence: null, because: null },
            facts: { words: update.words },
          };
    case 'running':
      return null;
  }
}

/** Does its new task wait for what the task before it may have: a host port, a place, room? */
function isHeld({ waitsFor }: UpdateProgress): boolean {
  const reasons = parseSchedulingError(waitsFor?.error ?? '') ?? [];
  return reasons.some(({ kind }) => kind === 'host-port' || kind === 'max-per-node' || kind === 'resources');
}
