import type { Reason } from '#lib/model/contract/reason.ts';
import { parseSchedulingError, type SchedulingWants } from '#lib/model/docker/task-error.ts';
import type { ReplicaFacts } from '#lib/model/status/replica-facts.ts';
import { toEvidenceText } from '#lib/model/text/to-evidence-text.ts';
import { findReasonAge } from './late.ts';

/** No node has it yet: the scheduler's reasons. */
export function diagnosePending(facts: ReplicaFacts): Reason | null {
  const { task, service, lostWith } = facts;
  if (task === null) return null;
  if (task.error === null || task.error === '') {
    const waitsFor = task.state === 'new' ? 'networks' : 'node';
    return { cause: 'scheduling', facts: { waitsFor, words: null }, evidence: null, expected: true };
  }
  const reasons = parseSchedulingError(task.error);
  const words = toEvidenceText(task.error);
  const around = { evidence: { from: { kind: 'scheduler' as const }, text: words }, expected: false };
  const wants = toWants(service);
  const age = findReasonAge(facts);
  if (lostWith !== null) {
    const { hostname: host, statusMessage: message } = lostWith;
    const left = facts.engineOf(lostWith.id)?.left === true;
    return { cause: 'node-down', facts: { host, message, next: { reasons, wants }, left }, ...around };
  }
  return reasons === null
    ? { cause: 'scheduling', facts: { waitsFor: 'node', words }, ...around }
    : { cause: 'no-suitable-node', facts: { service: service.name, reasons, wants, age }, ...around };
}

function toWants({
  constraints,
  reserved,
  volumeDrivers,
  logDriver,
}: ReplicaFacts['service']): SchedulingWants {
  return { constraints, reserved, volumeDrivers, logDriver };
}
