import { type Finding, NO_FINDINGS } from '#lib/model/contract/finding.ts';
import type { Replica } from '#lib/model/contract/picture.ts';
import type { Verdict } from '#lib/model/contract/verdict.ts';
import type { Service } from '#lib/model/docker/service.ts';
import { isProblem, STATUS_FACTS } from '#lib/model/status/severity.ts';
import { describeUpdate } from './update.ts';

/**
 * What is wrong with a service beyond its replicas, each of which carries its own findings: an update that stands
 * still, one that was rolled back, replicas that Swarm has not made.
 *
 * @param previous what was found before, for how long it has been so
 */
export function findServiceFindings(
  service: Service,
  verdict: Verdict,
  replicas: readonly Replica[],
  previous: readonly Finding[],
  nowMs: number,
): readonly Finding[] {
  const found = findUpdate(service) ?? findMissing(verdict, replicas);
  if (found === null) return NO_FINDINGS;
  const before = previous.find(({ cause }) => cause === found.cause);
  const startedAtMs = before?.sinceMs ?? found.sinceMs ?? nowMs;
  return [
    {
      ...found,
      subject: { kind: 'service', serviceId: service.id },
      sinceMs: Math.min(startedAtMs, nowMs),
      because: null,
    },
  ];
}

type Found = Omit<Finding, 'subject' | 'because' | 'sinceMs'> & { sinceMs: number | null };

function findUpdate({ name, update }: Service): Found | null {
  const sentence = describeUpdate(update);
  if (update === null || sentence === null) return null;
  const facts = { sentence, evidence: null, sinceMs: update.completedAtMs ?? null };
  switch (update.state) {
    case 'paused':
      return {
        ...facts,
        cause: 'update-paused',
        level: 'problem',
        hint: `Go back with docker service rollback ${name}, or correct it and update it again.`,
      };
    case 'rollback_paused':
      return {
        ...facts,
        cause: 'rollback-paused',
        level: 'problem',
        hint: `Correct it and update it again: docker service update ${name}.`,
      };
    case 'rollback_completed':
      return { ...facts, cause: 'update-rolled-back', level: 'notice', hint: null };
    default:
      return null;
  }
}

/** Degraded, with nothing wrong with any replica that is there: the others were never made. */
function findMissing(verdict: Verdict, replicas: readonly Replica[]): Found | null {
  const isExplained = replicas.some(
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
  };
}
