import type { Diagnosis, Evidence } from '#lib/model/contract/diagnosis.ts';
import type { Reason } from '#lib/model/contract/reason.ts';
import { english } from '#lib/words/english.ts';

export { sayNodeReason } from '#lib/words/en/placing.ts';
export { english };

/** What a rule of the model found, as its reader sees it; its hint too where its facts give one. */
export function say(found: Reason): Said;
export function say(found: Reason | null): Said | null;
export function say(found: Reason | null): Said | null {
  if (found === null) return null;
  const { cause, calm } = found;
  return { cause, calm, ...english.reason(found) };
}

interface Said {
  cause: Diagnosis['cause'];
  calm: boolean;
  sentence: string;
  evidence: Evidence | null;
  hint?: string | null;
}
