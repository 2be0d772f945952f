import { type Finding, NO_FINDINGS } from '#lib/model/contract/finding.ts';
import type { Replica } from '#lib/model/contract/picture.ts';
import type { UpdatePicture } from '#lib/model/contract/update.ts';
import type { Verdict } from '#lib/model/contract/verdict.ts';
import type { Service } from '#lib/model/docker/service.ts';
import { isProblem, STATUS_FACTS } from '#lib/model/status/severity.ts';
import type { UpdateProgress } from '#lib/model/status/update-progress.ts';
import type { ServiceFound } from './disagreement.ts';

/**
 * What is wrong with a service beyond its replicas, each of which carries its own findings: an update that stands
 * still, one that was rolled back, what Swarm and its engines do not agree on.
 */
export function findOwnFindings(
  service: Service,
  update: UpdatePicture | null,
  progress: UpdateProgress | null,
  disagreements: readonly ServiceFound[],
): ServiceFound[] {
  const found = findUpdate(service, update, progress);
  return found === null ? [...disagreements] : [found, ...disagreements];
}

/** Degraded, with nothing wrong with any replica that is there: the others were never made. `null`: it is otherwise. */
export function findMissing(
  verdict: Verdict,
  replicas: readonly Replica[],
  own: readonly ServiceFound[],
): ServiceFound | null {
  const isExplained =
    own.some(({ level }) => level === 'problem') ||
    replicas.some(
      ({ status, recovering, findings }) =>
        recovering ||
        STATUS_FACTS[status].severity !== 'ok' ||
        findings.some(({ level }) => level === 'problem'),
    );
  if (!isProblem(verdict) || isExplained) return null;
  return {
    cause: 'replicas-missing',
    level: 'problem',
    sentence: 'Swarm has not made all of its replicas.',
    evidence: null,
    hint: null,
    sinceMs: null,
    because: null,
  };
}

/** @param previous what was found before, for how long it has been so */
export function toServiceFindings(
  serviceId: string,
  found: readonly ServiceFound[],
  previous: readonly Finding[],
  nowMs: number,
): readonly Finding[] {
  if (found.length === 0) return NO_FINDINGS;
  return found.map((one): Finding => {
    const before = previous.find(({ cause }) => cause === one.cause);
    const startedAtMs = before?.sinceMs ?? one.sinceMs ?? nowMs;
    return { ...one, subject: { kind: 'service', serviceId }, sinceMs: Math.min(startedAtMs, nowMs) };
  });
}

function findUpdate(
  { name }: Service,
  update: UpdatePicture | null,
  progress: UpdateProgress | null,
): ServiceFound | null {
  if (update === null || update.sentence === null || progress === null) return null;
  const facts = { sentence: update.sentence, evidence: null, sinceMs: update.completedAtMs, because: null };
  switch (update.outcome) {
    case 'paused': {
      const isRollback = update.state === 'rollback_paused';
      return {
        ...facts,
        cause: isRollback ? 'rollback-paused' : 'update-paused',
        level: 'problem',
        hint: isRollback
          ? `Correct it and update it again: docker service update ${name}.`
          : `Go back with docker service rollback ${name}, or correct it and update it again.`,
      };
    }
    case 'rolled-back':
      return {
        ...facts,
        cause: 'update-rolled-back',
        level: 'notice',
        hint: `See why its tasks failed: docker service ps --no-trunc ${name}.`,
      };
    case 'stuck':
      return {
        ...facts,
        sinceMs: progress.movedAtMs,
        cause: 'update-stuck',
        level: 'problem',
        hint: `Have Swarm begin again with docker service update --force ${name}, or go back with docker service rollback ${name}.`,
      };
    case 'succeeded':
      return progress.isUnclosed
        ? { ...facts, sinceMs: progress.movedAtMs, cause: 'update-unclosed', level: 'notice', hint: null }
        : null;
    case 'running':
      return null;
  }
}
