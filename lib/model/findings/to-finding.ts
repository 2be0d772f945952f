import { type Finding, type FindingSubject, NO_FINDINGS } from '#lib/model/contract/finding.ts';
import type { Found } from '#lib/model/contract/found.ts';
import type { Reason } from '#lib/model/contract/reason.ts';
import type { Wording } from '#lib/model/contract/wording.ts';

/** What a rule found of a replica, in the words of a language: a notice where it was expected, else a problem. */
export function toFinding(
  reason: Reason,
  wording: Wording,
  about: Pick<Finding, 'subject' | 'sinceMs' | 'because'>,
): Finding {
  const { cause, expected } = reason;
  return { cause, level: expected ? 'notice' : 'problem', ...wording.reason(reason), ...about };
}

/**
 * What rules found of a node, a service or the swarm, in the words of a language.
 *
 * @param previous what was found before, for how long it has been so
 */
export function toFindings<K extends Exclude<FindingSubject['kind'], 'replica'>>(
  found: readonly Found<K>[],
  subject: FindingSubject & { kind: K },
  wording: Wording,
  { previous, nowMs }: { previous: readonly Finding[]; nowMs: number },
): readonly Finding[] {
  if (found.length === 0) return NO_FINDINGS;
  return found.map((one): Finding => {
    const { level, sinceMs, because } = one;
    const cause = one.cause as Finding['cause'];
    const before = previous.find((finding) => finding.cause === cause);
    return {
      cause,
      level,
      ...wording.finding(subject.kind, one),
      subject,
      sinceMs: Math.min(before?.sinceMs ?? sinceMs ?? nowMs, nowMs),
      because,
    };
  });
}
