import type { Diagnosis, Evidence } from '#lib/model/contract/diagnosis.ts';
import type { Reason } from '#lib/model/contract/reason.ts';
import type { SwarmEvent, SwarmEventDraft } from '#lib/model/contract/swarm-event.ts';
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

/** An event's text and evidence, as its reader sees them. */
export function sayEvent<T extends SwarmEventDraft>(event: T): SwarmEvent {
  return english.event({ id: 1, away: false, ...event });
}
