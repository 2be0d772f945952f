import type { Evidence } from '#lib/model/contract/diagnosis.ts';
import type { EventAbout, EventMessage, EventMessageOf } from '#lib/model/contract/event-message.ts';
import type { FindingFacts } from '#lib/model/contract/finding-facts.ts';
import type { CauseOf, FactsBySubject } from '#lib/model/contract/found.ts';
import type {
  EvidenceFacts,
  EvidenceSource,
  Reason,
  ReasonCause,
  ReasonOf,
} from '#lib/model/contract/reason.ts';
import type { Phrase, Wording } from '#lib/model/contract/wording.ts';
import type { CaseWords, Words } from './words.ts';

/** What the model asks of a language, answered by its words. */
export function toWording(words: Words): Wording {
  return {
    reason: (reason) => ({
      ...describeReason(words, reason),
      evidence: describeEvidence(words, reason.evidence),
    }),
    finding: (kind, found) => ({
      ...describeCase<FactsBySubject[typeof kind], CauseOf<typeof kind>>(words.findings[kind], found),
      evidence: describeEvidence(words, found.evidence),
    }),
    ending: ({ atMs, cause, why, exitCode, oomKilled }) => ({
      atMs,
      cause,
      sentence: words.ending(why, exitCode),
      evidence: why.kind === 'failed' ? describeEvidence(words, why.evidence) : null,
      exitCode,
      oomKilled,
    }),
    swarm: words.swarm,
    quorum: words.quorum,
    service: words.service,
    update: words.update,
    engineGap: words.engineGap,
    agentGap: words.agentGap,
    nodeApart: (cause) => words.nodesApart[cause],
    quorumLostApart: () => words.quorumLostApart,
    leaderlessApart: () => words.leaderlessApart,
    notShown: words.notShown,
    withoutQuotes: words.withoutQuotes,
    withoutUnreadReason: words.withoutUnreadReason,
    rollout: words.rollout,
    source: words.source,
    status: words.status,
    moment: words.moment,
    incident: words.incident,
    event({ message, away, ...event }) {
      const text = wordEvent(words, message);
      const evidence = describeEvidence(words, findEvidence(message));
      return { ...event, text: away ? words.away(text) : text, evidence };
    },
  };
}

function describeReason<C extends ReasonCause>(words: Words, reason: ReasonOf<C>): Phrase {
  return describeCase<FindingFacts, C>(words.findings.replica, reason);
}

/** Every finding becomes words here, whatever it is about. */
function describeCase<F, C extends keyof F>(
  words: CaseWords<F>,
  { cause, facts }: { cause: C; facts: F[C] },
): Phrase {
  return words[cause](facts);
}

function wordEvent<A extends EventAbout>(words: Words, { about, facts }: EventMessageOf<A>): string {
  return words.events[about](facts, (reason: Reason) => describeReason(words, reason).sentence);
}

/** What an event rests on. */
function findEvidence(message: EventMessage): EvidenceFacts | null {
  switch (message.about) {
    case 'replica-problem':
      return message.facts.reason?.evidence ?? null;
    case 'task-ended': {
      const { why } = message.facts.ending;
      return why.kind === 'failed' ? why.evidence : null;
    }
    case 'engine-unreachable': {
      const { error } = message.facts;
      return error === null ? null : { from: { kind: 'error' }, text: error };
    }
    default:
      return null;
  }
}

function describeEvidence(words: Words, evidence: EvidenceFacts | null): Evidence | null {
  return evidence === null ? null : { label: describeLabel(words, evidence.from), text: evidence.text };
}

function describeLabel<K extends EvidenceSource['kind']>(
  words: Words,
  from: Extract<EvidenceSource, { kind: K }>,
): string {
  return words.evidence[from.kind as K](from);
}
