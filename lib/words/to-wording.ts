import type { Evidence } from '#lib/model/contract/diagnosis.ts';
import type {
  EvidenceFacts,
  EvidenceSource,
  Phrase,
  ReasonCause,
  ReasonOf,
  Wording,
} from '#lib/model/contract/reason.ts';
import type { Words } from './words.ts';

/** What the model asks of a language, answered by its words. */
export function toWording(words: Words): Wording {
  return {
    reason: (reason) => ({
      ...sayReason(words, reason),
      evidence: sayEvidence(words, reason.evidence),
    }),
  };
}

function sayReason<C extends ReasonCause>(words: Words, { cause, facts }: ReasonOf<C>): Phrase {
  return words.findings[cause](facts);
}

/** The evidence with what stands before it; the text is as it was found. */
export function sayEvidence(words: Words, evidence: EvidenceFacts | null): Evidence | null {
  return evidence === null ? null : { label: sayLabel(words, evidence.from), text: evidence.text };
}

function sayLabel<K extends EvidenceSource['kind']>(
  words: Words,
  from: Extract<EvidenceSource, { kind: K }>,
): string {
  return words.evidence[from.kind as K](from);
}
