import type { Evidence } from './diagnosis.ts';
import type { Ending } from './ending.ts';
import type { SegmentEnd } from './history.ts';
import type { Reason } from './reason.ts';
import type { LifeStatement, SwarmStatement } from './statement.ts';
import type { StoredEvent, SwarmEvent } from './swarm-event.ts';

/** A reason in the words of one language. */
export interface Phrase {
  /** Whole sentences without ticking times: they change only when the facts do. */
  sentence: string;
  /** What to do next, where that is plain; `null` where it is not. */
  hint: string | null;
}

export interface PhraseWithEvidence extends Phrase {
  evidence: Evidence | null;
}

/** What the model asks of a language: it has no words of its own. `lib/words` gives one for each. */
export interface Wording {
  reason(reason: Reason): PhraseWithEvidence;
  /** How a task ended. */
  ending(ending: Ending): SegmentEnd;
  event(event: StoredEvent): SwarmEvent;
  swarm(statement: SwarmStatement): string;
  moment(moment: LifeStatement): string;
}
