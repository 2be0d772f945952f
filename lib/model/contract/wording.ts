import type { AgentGap } from '#lib/model/docker/agents.ts';
import type { Evidence } from './diagnosis.ts';
import type { Ending } from './ending.ts';
import type { NodeCause } from './finding.ts';
import type { Found, SubjectKind } from './found.ts';
import type { SegmentEnd } from './history.ts';
import type { IncidentRecord } from './incident.ts';
import type { Reason } from './reason.ts';
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
} from './statement.ts';
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
  /** What was found of a node, a service or the swarm. */
  finding<K extends SubjectKind>(kind: K, found: Found<K>): PhraseWithEvidence;
  /** How a task ended. */
  ending(ending: Ending): SegmentEnd;
  event(event: StoredEvent): SwarmEvent;
  /**
   * What an incident is called, and its course in short: what happened, in order of time; `why` of several nodes, where the reason
   * that is kept speaks of one.
   */
  incident(incident: IncidentRecord): {
    title: string;
    course: string[];
    why: Pick<IncidentRecord['reason'], 'sentence' | 'hint'> | null;
  };
  swarm(statement: SwarmStatement): string;
  quorum(statement: QuorumStatement): string;
  service(statement: ServiceStatement): string;
  /** `null`: there is nothing to say of it. */
  update(statement: UpdateStatement): string | null;
  engineGap(gap: EngineGap): string;
  agentGap(gap: AgentGap): string;
  /** What is wrong with a node, without a word of what runs there. */
  nodeApart(cause: NodeCause): string;
  quorumLostApart(): string;
  /** The same where none of them leads. */
  leaderlessApart(): string;
  /** The same sentences, without what they quote of containers, their probes and their checks. */
  withoutQuotes(text: string): string;
  /** The same sentence, without why an engine cannot be read, which says where it is. */
  withoutUnreadReason(sentence: string): string;
  /** In the place of what somebody may not read. */
  readonly notShown: string;
  rollout(statement: RolloutStatement): string;
  /** Why the server that a relay reads cannot be read, in a sentence. */
  source(problem: SourceProblem): string;
  status(statement: StatusStatement): string;
  moment(moment: LifeStatement): string;
}
