import type { Diagnosis, Evidence } from '#lib/model/contract/diagnosis.ts';
import type { Finding } from '#lib/model/contract/finding.ts';
import type { Found } from '#lib/model/contract/found.ts';
import type { Reason } from '#lib/model/contract/reason.ts';
import type { SwarmEvent, SwarmEventDraft } from '#lib/model/contract/swarm-event.ts';
import { toFindings } from '#lib/model/findings/to-finding.ts';
import { english } from '#lib/words/english.ts';

export { describeNodeReason } from '#lib/words/en/placing.ts';
export { english };

/** What a rule of the model found, as its reader sees it; its hint too where its facts give one. */
export function word(found: Reason): Worded;
export function word(found: Reason | null): Worded | null;
export function word(found: Reason | null): Worded | null {
  if (found === null) return null;
  const { cause, expected } = found;
  return { cause, expected, ...english.reason(found) };
}

interface Worded {
  cause: Diagnosis['cause'];
  expected: boolean;
  sentence: string;
  evidence: Evidence | null;
  hint?: string | null;
}

type Subject = Parameters<typeof toFindings>[1];

/** What rules found of a node, a service or the swarm, as its reader sees it. */
export function wordFindings<K extends Subject['kind']>(
  kind: K,
  found: readonly Found<K>[],
  since: { previous?: readonly Finding[]; nowMs?: number } = {},
): readonly Finding[] {
  const subject = SUBJECTS[kind] as Subject & { kind: K };
  return toFindings(found, subject, english, { previous: [], nowMs: 10_000, ...since });
}

const SUBJECTS: { readonly [K in Subject['kind']]: Extract<Subject, { kind: K }> } = {
  swarm: { kind: 'swarm' },
  node: { kind: 'node', nodeId: 'node-1' },
  service: { kind: 'service', serviceId: 'service-1' },
};

/** An event's text and evidence, as its reader sees them. */
export function wordEvent<T extends SwarmEventDraft>(event: T): SwarmEvent {
  return english.event({ id: 1, away: false, ...event });
}
