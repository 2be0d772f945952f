import type { Reason } from '#lib/model/contract/reason.ts';
import type { ReplicaFacts } from '#lib/model/status/replica-facts.ts';
import { toEvidenceText } from '#lib/model/text/to-evidence-text.ts';

/** Why we cannot tell, and what to do about it. */
export function diagnoseUnknown({ task, node, engine, container }: ReplicaFacts): Reason {
  if (task === null || task.state === 'unknown' || task.desiredState === 'unknown')
    return { cause: 'state-unknown', facts: {}, evidence: toWord(task), expected: false };
  const host = node?.hostname ?? null;
  const state = engine?.state ?? 'unconfigured';
  if (state !== 'live') {
    const error = engine?.error ?? null;
    return {
      cause: 'engine-unread',
      facts: { host, state, error },
      evidence: null,
      expected: state === 'connecting',
    };
  }
  if (container === null || container.state === 'created')
    return {
      cause: 'container-unread',
      facts: { host, container: null, unread: null },
      evidence: null,
      expected: true,
    };
  if (container.unread !== null) {
    const { hangs, error } = container.unread;
    const id = container.id.slice(0, 12);
    return {
      cause: 'container-unread',
      facts: { host, container: id, unread: hangs ? 'hangs' : 'refused' },
      evidence: hangs ? null : { from: { kind: 'engine' }, text: toEvidenceText(error) },
      expected: false,
    };
  }
  // Docker calls it unhealthy since it was paused, until its next probe ends; or its engine reports no health at all.
  const why = container.health?.status === 'unhealthy' ? 'paused-before' : 'not-reported';
  return { cause: 'health-unread', facts: { why }, evidence: null, expected: false };
}

/** Docker's word for a state that this version does not know. */
function toWord(task: ReplicaFacts['task']): Reason['evidence'] {
  return task === null || task.message === ''
    ? null
    : { from: { kind: 'docker' }, text: toEvidenceText(task.message) };
}

/** Its node is gone, for now or for good. */
export function diagnoseLost({ task, node, service, engine, container }: ReplicaFacts): Reason | null {
  if (task?.state === 'orphaned') return { cause: 'orphaned', facts: {}, evidence: null, expected: false };
  if (node === null) return null;
  const isByNode = service.mode.kind === 'global' || service.mode.kind === 'global-job';
  const findNext = () => {
    if (engine?.state !== 'live' || container?.state !== 'running')
      return isByNode ? ('comes-back' as const) : ('moves' as const);
    return container.health?.status === 'healthy' ? ('runs-on-healthy' as const) : ('runs-on' as const);
  };
  const facts = {
    host: node.hostname,
    message: node.statusMessage === '' ? null : node.statusMessage,
    next: findNext(),
    left: engine?.left === true,
    answers: engine?.state === 'live',
  };
  return { cause: 'node-down', facts, evidence: null, expected: false };
}
