import type { FindingLevel, FindingRef } from './finding.ts';
import type { FindingFacts } from './finding-facts.ts';
import type { EvidenceFacts } from './reason.ts';
import type { NodeFindingFacts, ServiceFindingFacts, SwarmFindingFacts } from './subject-facts.ts';

/** What each cause knows of its case, by what the finding is about. */
export interface FactsBySubject {
  replica: FindingFacts;
  node: NodeFindingFacts;
  service: ServiceFindingFacts;
  swarm: SwarmFindingFacts;
}

export type SubjectKind = keyof FactsBySubject;

export type CauseOf<K extends SubjectKind> = keyof FactsBySubject[K];

interface FoundOf<K extends SubjectKind, C extends CauseOf<K>> {
  cause: C;
  facts: FactsBySubject[K][C];
  level: FindingLevel;
  evidence: EvidenceFacts | null;
  /** Our clock, since when as far as it shows; `null` when it does not. */
  sinceMs: number | null;
  /** The finding that explains this one; `null`: none. */
  because: FindingRef | null;
}

/** What a rule found of a node, a service or the swarm, without words. */
export type Found<K extends SubjectKind> = { [C in CauseOf<K>]: FoundOf<K, C> }[CauseOf<K>];
