import type { Finding } from '#lib/model/contract/finding.ts';
import type { Reason } from '#lib/model/contract/reason.ts';
import type { Wording } from '#lib/model/contract/wording.ts';

/** What a rule found of a subject, in the words of a language: a notice where it was expected, else a problem. */
export function toFinding(
  reason: Reason,
  wording: Wording,
  about: Pick<Finding, 'subject' | 'sinceMs' | 'because'>,
): Finding {
  const { cause, calm } = reason;
  return { cause, level: calm ? 'notice' : 'problem', ...wording.reason(reason), ...about };
}
