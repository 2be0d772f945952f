import type { EndWhy } from '#lib/model/contract/ending.ts';
import type { EventAbout, EventFacts } from '#lib/model/contract/event-message.ts';
import type { NodeCause } from '#lib/model/contract/finding.ts';
import type { FactsBySubject, SubjectKind } from '#lib/model/contract/found.ts';
import type { EvidenceSource, Reason } from '#lib/model/contract/reason.ts';
import type {
  EngineGap,
  LifeStatement,
  QuorumStatement,
  RolloutStatement,
  ServiceStatement,
  SourceProblem,
  StatusStatement,
  SwarmStatement,
  UpdateStatement,
} from '#lib/model/contract/statement.ts';
import type { Phrase, Wording } from '#lib/model/contract/wording.ts';
import type { AgentGap } from '#lib/model/docker/agents.ts';

/** A message for each cause that has facts, made of them. */
export type CaseWords<F> = { readonly [C in keyof F]: (facts: F[C]) => Phrase };

/** The causes of a replica, a node, a service and the swarm. */
export type FindingWords = { readonly [K in SubjectKind]: CaseWords<FactsBySubject[K]> };

/** Those of a replica, which come from several files. */
export type ReplicaWords = FindingWords['replica'];

/** The text of each kind of news. `word` gives the sentence of a reason. */
export type EventWords = {
  readonly [A in EventAbout]: (facts: EventFacts[A], word: (reason: Reason) => string) => string;
};

/** What stands before an evidence: whose words it is, or how the probe that printed it ended. */
export type EvidenceWords = {
  readonly [K in EvidenceSource['kind']]: (from: Extract<EvidenceSource, { kind: K }>) => string;
};

/** All that one language says. Each has a file beside `en.ts`, and the same messages of the same facts. */
export interface Words {
  readonly findings: FindingWords;
  readonly events: EventWords;
  /** The text of an event of which we only found the traces. */
  readonly away: (text: string) => string;
  readonly ending: (why: EndWhy, exitCode: number | null) => string;
  readonly swarm: (statement: SwarmStatement) => string;
  readonly quorum: (statement: QuorumStatement) => string;
  readonly service: (statement: ServiceStatement) => string;
  readonly update: (statement: UpdateStatement) => string | null;
  readonly engineGap: (gap: EngineGap) => string;
  readonly agentGap: (gap: AgentGap) => string;
  /** What is wrong with a node, without a word of what runs there. */
  readonly nodesApart: Readonly<Record<NodeCause, string>>;
  readonly quorumLostApart: string;
  readonly leaderlessApart: string;
  /** The same sentences, without what they quote of containers, their probes and their checks. */
  readonly withoutQuotes: (text: string) => string;
  /** The same sentence, without why an engine cannot be read, which says where it is. */
  readonly withoutUnreadReason: (sentence: string) => string;
  /** In the place of what somebody may not read. */
  readonly notShown: string;
  readonly rollout: (statement: RolloutStatement) => string;
  /** Why the server that a relay reads cannot be read. */
  readonly source: (problem: SourceProblem) => string;
  readonly status: (statement: StatusStatement) => string;
  readonly incident: Wording['incident'];
  readonly moment: (moment: LifeStatement) => string;
  readonly evidence: EvidenceWords;
}

/** What a page's message is made of: a name, a number, or a part that is formatted already. */
export type Fact = string | number;
