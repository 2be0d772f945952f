import type { ProbeResult } from '#lib/model/docker/probe-result.ts';
import type { Evidence } from './diagnosis.ts';
import type { FindingFacts } from './finding-facts.ts';

/** A cause that has its facts. */
export type ReasonCause = keyof FindingFacts;

/** Whose words an evidence is, or what it was the output of. */
export type EvidenceSource =
  | { kind: 'docker' }
  | { kind: 'scheduler' }
  | { kind: 'engine' }
  | { kind: 'probe'; result: ProbeResult; durationMs: number };

/** What a reason rests on, in words that are not ours: untrusted, one line or a few, masked and bounded. */
export interface EvidenceFacts {
  from: EvidenceSource;
  text: string;
}

/** Why something is as it is: the rule that found it, with its facts. Becomes a sentence in `lib/words` alone. */
export interface ReasonOf<C extends ReasonCause> {
  cause: C;
  facts: FindingFacts[C];
  evidence: EvidenceFacts | null;
  /** Expected (a drain, a scale-down, an update, a first start): no problem. */
  calm: boolean;
}

export type Reason = { [C in ReasonCause]: ReasonOf<C> }[ReasonCause];

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
}
