import type { FindingFacts } from '#lib/model/contract/finding-facts.ts';
import type { EvidenceSource, Phrase, ReasonCause } from '#lib/model/contract/reason.ts';

/** The message of each cause, made of its facts. */
export type FindingWords = { readonly [C in ReasonCause]: (facts: FindingFacts[C]) => Phrase };

/** What stands before an evidence: whose words it is, or how the probe that printed it ended. */
export type EvidenceWords = {
  readonly [K in EvidenceSource['kind']]: (from: Extract<EvidenceSource, { kind: K }>) => string;
};

/** All that one language says. Each has a file beside `en.ts`, and the same messages of the same facts. */
export interface Words {
  readonly findings: FindingWords;
  readonly evidence: EvidenceWords;
}
