import type { ProbeResult } from '#lib/model/docker/probe-result.ts';
import type { FindingFacts } from './finding-facts.ts';

/** A cause that has its facts. */
export type ReasonCause = keyof FindingFacts;

/** Whose words an evidence is, or what it was the output of. */
export type EvidenceSource =
  | { kind: 'docker' }
  | { kind: 'scheduler' }
  | { kind: 'engine' }
  | { kind: 'error' }
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
  expected: boolean;
}

export type Reason = { [C in ReasonCause]: ReasonOf<C> }[ReasonCause];
