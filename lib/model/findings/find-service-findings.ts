import type { FindingLevel } from '#lib/model/contract/finding.ts';
import type { Found } from '#lib/model/contract/found.ts';
import type { Replica } from '#lib/model/contract/picture.ts';
import type { UpdateStatement } from '#lib/model/contract/statement.ts';
import type { Verdict } from '#lib/model/contract/verdict.ts';
import type { Service } from '#lib/model/docker/service.ts';
import { parseSchedulingError } from '#lib/model/docker/task-error.ts';
import { isProblem, STATUS_FACTS } from '#lib/model/status/severity.ts';
import type { UpdateProgress } from '#lib/model/status/update-progress.ts';

type UpdateCause = 'update-paused' | 'rollback-paused' | 'update-rolled-back' | 'update-unclosed';

/**
 * What is wrong with a service beyond its replicas, each of which carries its own findings: an update that stands
 * still, one that was rolled back, what Swarm and its engines do not agree on.
 */
export function findOwnFindings(
  service: Service,
  update: UpdateStatement | null,
  progress: UpdateProgress | null,
  disagreements: readonly Found<'service'>[],
): Found<'service'>[] {
  const found = findUpdate(service, update, progress);
  return found === null ? [...disagreements] : [found, ...disagreements];
}

/** Degraded, with nothing wrong with any replica that is there: the others were never made. `null`: it is otherwise. */
export function findMissing(
  verdict: Verdict,
  replicas: readonly Replica[],
  own: readonly Found<'service'>[],
): Found<'service'> | null {
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
    facts: {},
    evidence: null,
    sinceMs: null,
    because: null,
  };
}

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
    case 'running':
      return null;
  }
}

/** Does its new task wait for what the task before it may have: a host port, a place, room? */
function isHeld({ waitsFor }: UpdateProgress): boolean {
  const reasons = parseSchedulingError(waitsFor?.error ?? '') ?? [];
  return reasons.some(({ kind }) => kind === 'host-port' || kind === 'max-per-node' || kind === 'resources');
}
